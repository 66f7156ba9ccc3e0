"""Related records on the form of the record that they belong to."""

import re
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.formsets import ManagementForm
from django.http import HttpRequest, QueryDict

from directory.admin.autocomplete import AutocompleteAdmin, AutocompleteForm
from directory.admin.form_fields import FORMFIELD_OVERRIDES
from directory.history.versions import last_version, values_of


class ContentInlineForm(AutocompleteForm):
    """The form of a related record; while nobody edits it, it is not validated."""

    def full_clean(self) -> None:
        """Validate, or give the stored values to the formset, which compares records with each other."""
        super().full_clean()
        if self.is_bound and self.instance.pk and not self.has_changed():
            self.cleaned_data = {name: self.initial.get(name) for name in self.fields}


class ContentInlineFormSet(forms.BaseInlineFormSet):
    """Inline forms that lose nothing that was typed into a record which somebody deleted meanwhile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._with_deleted_as_new()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Let unchanged forms skip their validation, which would query each related record."""
        return super().get_form_kwargs(index) | {"empty_permitted": True}

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 – Django's signature
        """Give a new record without a number the next one."""
        if hasattr(form.instance, "order") and not form.instance.order:
            model: Any = self.model
            siblings = model._default_manager.filter(**{self.fk.name: self.instance})
            last = siblings.order_by("-order").values_list("order", flat=True).first()
            form.instance.order = (last or 0) + 1
        return super().save_new(form, commit=commit)

    def _with_deleted_as_new(self) -> Any:
        """Return the data with deleted records as new ones, if anything was typed into them, or left out."""
        counts = ManagementForm(self.data, prefix=self.prefix)
        if not counts.is_valid():
            return self.data
        initial, total = (counts.cleaned_data[name] or 0 for name in ("INITIAL_FORMS", "TOTAL_FORMS"))
        stored = {"", *(str(record.pk) for record in self.get_queryset())}
        rows = range(min(initial, total, self.absolute_max))
        deleted = [row for row in rows if self._value(row, "id") not in stored]
        if not deleted:
            return self.data
        remaining = [row for row in rows if row not in deleted]
        edited = [row for row in deleted if self._is_edited(row)]
        return self._renumbered([*remaining, *edited, *range(initial, total)], len(remaining))

    def _value(self, row: int, field: str) -> str:
        return str(self.data.get(f"{self.add_prefix(row)}-{field}", ""))

    def _is_edited(self, row: int) -> bool:
        """Return whether a row differs from the last version of its deleted record."""
        if self._value(row, "DELETE"):
            return False
        version = last_version(self.model, self._value(row, "id"))
        stored = {"instance": version.instance, "initial": values_of(version)} if version else {}
        has_changed: bool = self.form(self.data, prefix=self.add_prefix(row), **stored).has_changed()
        return has_changed

    def _renumbered(self, rows: list[int], initial: int) -> QueryDict:
        """Return the data with only these rows, in this order; the first `initial` ones are stored."""
        row_field = re.compile(rf"{re.escape(str(self.prefix))}-(\d+)-(.+)")
        data = QueryDict(mutable=True)
        for name, values in cast("QueryDict", self.data).lists():
            match = row_field.fullmatch(name)
            if match is None:
                data.setlist(name, values)
            elif int(match[1]) in rows:
                row = rows.index(int(match[1]))
                is_new = match[2] == "id" and row >= initial
                data.setlist(f"{self.add_prefix(row)}-{match[2]}", [""] if is_new else values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        return data


class ContentInline(AutocompleteAdmin, admin.StackedInline):
    """Related records with long texts, one below the other."""

    form = ContentInlineForm
    formset = ContentInlineFormSet
    formfield_overrides = FORMFIELD_OVERRIDES
    autocomplete_fields: tuple[str, ...] = ("source",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Load what the autocomplete fields label, and the owner, which some records name."""
        fields: Any = [self.model._meta.get_field(name) for name in self.autocomplete_fields]
        all_fields = self.model._meta.fields
        to_owner = [field.name for field in all_fields if field.related_model is self.parent_model]
        to_one = [field.name for field in fields if not field.many_to_many]
        queryset = super().get_queryset(request).select_related(*to_owner, *to_one)
        return queryset.prefetch_related(*(field.name for field in fields if field.many_to_many))


class SectionInline(ContentInline):
    """Headed texts; subclasses name the model."""

    fields = (("heading", "order"), "body", "source")
