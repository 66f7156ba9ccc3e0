"""The base of every content admin."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse

from directory.admin.autocomplete import AutocompleteAdmin, AutocompleteForm
from directory.admin.deletion import DeletionAdmin
from directory.admin.form_fields import FORMFIELD_OVERRIDES, StoredDateTimeForm
from directory.admin.optimistic_locking import VersionedAdmin, VersionedContentForm
from directory.admin.record_history import HistoryAdmin
from directory.admin.unwritable_database import UnsavedForm, UnwritableDatabaseAdmin
from directory.history.versions import RelatedModels
from directory.search import refreshed_once


class ContentForm(UnsavedForm, VersionedContentForm, StoredDateTimeForm, AutocompleteForm):
    """The form of every content record."""


class SearchedAdmin(admin.ModelAdmin):
    """An admin that refreshes the search once for all that a form changes."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with refreshed_once() if request.method == "POST" else nullcontext():
            return super().changeform_view(request, *args, **kwargs)


class ContentAdmin(
    DeletionAdmin, UnwritableDatabaseAdmin, SearchedAdmin, VersionedAdmin, HistoryAdmin, AutocompleteAdmin
):
    """The admin of a kind of content record."""

    form = ContentForm
    change_form_template = "admin/content/change_form.html"
    formfield_overrides = FORMFIELD_OVERRIDES

    class Media:
        js = (Script("js/named_searches.js", defer=True),)

    def related_models(self) -> RelatedModels:
        """Return the models of the inlines, each with its foreign key to this model."""
        return [
            (inline.model, field.name)
            for inline in self.inlines
            for field in inline.model._meta.fields
            if field.related_model is self.model
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.ModelForm]:
        """Return Django's form class for this request, with the models that its version includes."""
        form: Any = super().get_form(request, obj, **kwargs)
        form.related_models = self.related_models()
        return form
