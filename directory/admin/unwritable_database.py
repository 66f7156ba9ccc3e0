"""A form whose record cannot be saved, because the database takes no changes, keeps what was typed."""

import logging
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict

logger = logging.getLogger(__name__)

NOT_SAVED = (
    "Nothing was saved, because the database cannot be changed at the moment. Its disk may be full. "
    "Everything you typed is still here. Leave this page open, tell whoever runs the site, and save later."
)


class UnsavedForm(forms.ModelForm):
    """A form that can be bound to what a save sent that failed."""

    unsaved: QueryDict | None = None

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(self.unsaved or data, *args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        """Raise ValidationError if the record could not be saved."""
        if self.unsaved:
            raise ValidationError(NOT_SAVED)
        return super().clean()


class UnwritableDatabaseAdmin(admin.ModelAdmin):
    """An admin that answers with the form as it was sent if the database cannot be written."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the form, bound to what was sent, if saving it fails."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (OperationalError, InternalError) as error:
            if request.method != "POST":
                raise
            logger.exception("A record could not be saved.", exc_info=error)
        request.unsaved = request.POST  # type: ignore[attr-defined]
        # A GET begins no transaction, which such a database may refuse.
        request.method = "GET"
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.ModelForm]:
        """Return Django's form class for this request, bound to what could not be saved."""
        form: Any = super().get_form(request, obj, **kwargs)
        form.unsaved = getattr(request, "unsaved", None)
        return form

    def get_formset_kwargs(self, request: HttpRequest, *args: Any) -> dict[str, Any]:
        """Bind the inlines too."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, *args)
        unsaved = getattr(request, "unsaved", None)
        return kwargs | {"data": unsaved.copy()} if unsaved else kwargs
