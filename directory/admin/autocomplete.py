"""Autocomplete fields that label what is selected from records already loaded."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Field, Model
from django.http import HttpRequest


class LoadedOptionsMixin:
    """An autocomplete widget that queries no labels for what its form's record is related to."""

    record: Model | None = None

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list[Any]:
        """Return the selected options, from the record if it has them, else from the database."""
        widget: Any = self
        related = {str(one.pk): one for one in self._related()}
        selected = [key for key in value if key]
        if not related.keys() >= set(selected):
            return super().optgroups(name, value, attr)
        is_optional = not widget.is_required and not widget.allow_multiple_selected
        labels = [("", "", False)] if is_optional else []
        labels += [(key, widget.choices.field.label_from_instance(related[key]), True) for key in selected]
        options = [widget.create_option(name, *label, index) for index, label in enumerate(labels)]
        return [(None, options, 0)]

    def _related(self) -> list[Any]:
        field: Any = self.field  # type: ignore[attr-defined]
        if self.record is None or self.record.pk is None:
            return []
        if field.many_to_many:
            return list(getattr(self.record, field.name).all())
        return [getattr(self.record, field.name)] if getattr(self.record, field.attname) else []


class LoadedSelect(LoadedOptionsMixin, AutocompleteSelect):
    """A choice of one record."""


class LoadedSelectMultiple(LoadedOptionsMixin, AutocompleteSelectMultiple):
    """A choice of several records."""


class AutocompleteForm(forms.ModelForm):
    """A form that hands its record to its autocomplete widgets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The admin wraps a widget to add links beside it.
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, LoadedOptionsMixin):
                widget.record = self.instance


class AutocompleteAdmin(BaseModelAdmin):
    """An admin or inline whose autocomplete fields use these widgets; its form is an `AutocompleteForm`."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Use the widget for one record."""
        return super().formfield_for_foreignkey(
            db_field, request, **self._widget(LoadedSelect, db_field, request) | kwargs
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Use the widget for several records."""
        return super().formfield_for_manytomany(
            db_field, request, **self._widget(LoadedSelectMultiple, db_field, request) | kwargs
        )

    def _widget(self, widget: type[Any], db_field: Field, request: HttpRequest) -> dict[str, Any]:
        is_searched = db_field.name in self.get_autocomplete_fields(request)
        return {"widget": widget(db_field, self.admin_site)} if is_searched else {}
