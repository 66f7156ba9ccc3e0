"""What the forms and lists of all content have in common at the desk."""

import logging
from typing import Any

from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import InternalError, OperationalError, models
from django.forms import ModelForm
from django.forms.models import _get_foreign_key
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse

from directory.admin.careful_form import CarefulForm, MomentField
from directory.admin.conflict import conflicts
from directory.admin.deletion import DeletionAdmin
from directory.admin.history import HistoryAdmin
from directory.admin.links import HTTPS_BY_DEFAULT
from directory.history.timeline import Parts

logger = logging.getLogger(__name__)


class NamedSplitDateTime(AdminSplitDateTime):
    """A date and a time, each of which says to a screen reader what it is."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, name in zip(self.widgets, ("Date", "Time"), strict=True):
            widget.attrs["aria-label"] = name


class DeskAdmin(DeletionAdmin, HistoryAdmin):
    """A content record: nothing typed is lost, and nobody saves over another's work unawares."""

    form = CarefulForm
    change_form_template = "admin/desk/change_form.html"

    class Media:
        js = (Script("js/named_searches.js", defer=True),)

    formfield_overrides = HTTPS_BY_DEFAULT | {
        models.DateTimeField: {"form_class": MomentField, "widget": NamedSplitDateTime}
    }

    def parts(self) -> Parts:
        """What is edited on the same form, each with the field that leads here."""
        return [
            (inline.model, _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name)
            for inline in self.inlines
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """All but what no reader is to see."""
        return [name for name in super().get_fields(request, obj) if name != "seen"]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[ModelForm]:
        """The form, told what the request knows."""
        form = super().get_form(request, obj, **kwargs)
        told = {
            "parts": self.parts(),
            "save_over": request.POST.get("save_over", ""),
            "could_not_be_saved": getattr(request, "could_not_be_saved", False),
        }
        return type(form.__name__, (form,), told)

    def changeform_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        """Answer with the form and all that was typed in it if the database cannot be written."""
        try:
            return super().changeform_view(request, *arguments, **named)
        except (OperationalError, InternalError) as error:
            if request.method != "POST":
                raise
            logger.exception("A record could not be saved.", exc_info=error)
            request.could_not_be_saved = True  # type: ignore[attr-defined]
            again: Any = super()
            return again._changeform_view(request, *arguments, **named)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add what others changed meanwhile, beside what was typed."""
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if changed := getattr(form, "changed_meanwhile", None):
            context |= {"conflicts": conflicts(changed, form, formsets), "newest": changed[0].token}
        return super().render_change_form(request, context, *args, **kwargs)
