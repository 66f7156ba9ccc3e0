"""What belongs to a record, on the record's own form."""

import re
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.forms.formsets import ManagementForm
from django.http import QueryDict

from directory.admin.links import HTTPS_BY_DEFAULT
from directory.history.states import last_state, values_of


class PartFormSet(forms.BaseInlineFormSet):
    """Parts in an order; nothing that was typed into one is lost if somebody deletes it meanwhile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._with_the_deleted_as_new()

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 – Django's signature
        """Give it the next number if it has none: what is new goes to the end."""
        if hasattr(form.instance, "order") and not form.instance.order:
            model: Any = self.model
            numbers = model._default_manager.filter(**{self.fk.name: self.instance})
            last = numbers.order_by("-order").values_list("order", flat=True).first()
            form.instance.order = (last or 0) + 1
        return super().save_new(form, commit=commit)

    def _with_the_deleted_as_new(self) -> Any:
        """What was sent; parts that are there no more are to be added if anything was typed into them."""
        counts = ManagementForm(self.data, prefix=self.prefix)
        if not counts.is_valid():
            return self.data
        initial, total = (counts.cleaned_data[name] or 0 for name in ("INITIAL_FORMS", "TOTAL_FORMS"))
        there = {"", *(str(key) for key in self.get_queryset().values_list("pk", flat=True))}
        rows = range(min(initial, total, self.absolute_max))
        deleted = [row for row in rows if self._sent(row, "id") not in there]
        if not deleted:
            return self.data
        kept = [row for row in rows if row not in deleted]
        typed = [row for row in deleted if self._is_typed_into(row)]
        return self._sent_as([*kept, *typed, *range(initial, total)], len(kept))

    def _sent(self, row: int, field: str) -> str:
        return str(self.data.get(f"{self.add_prefix(row)}-{field}", ""))

    def _is_typed_into(self, row: int) -> bool:
        """Whether it says anything that it did not say when it was deleted."""
        if self._sent(row, "DELETE"):
            return False
        state = last_state(self.model, self._sent(row, "id"))
        known = {"instance": state.instance, "initial": values_of(state)} if state else {}
        has_changed: bool = self.form(self.data, prefix=self.add_prefix(row), **known).has_changed()
        return has_changed

    def _sent_as(self, rows: list[int], initial: int) -> QueryDict:
        """The same, with these rows in this order, of which so many are there already."""
        of_a_row = re.compile(rf"{re.escape(str(self.prefix))}-(\d+)-(.+)")
        sent = QueryDict(mutable=True)
        for name, values in cast("QueryDict", self.data).lists():
            match = of_a_row.fullmatch(name)
            if match is None:
                sent.setlist(name, values)
            elif int(match[1]) in rows:
                row = rows.index(int(match[1]))
                is_new = match[2] == "id" and row >= initial
                sent.setlist(f"{self.add_prefix(row)}-{match[2]}", [""] if is_new else values)
        sent[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        sent[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        return sent


class StackedParts(admin.StackedInline):
    """Parts with long texts, one below the other."""

    formset = PartFormSet
    formfield_overrides = HTTPS_BY_DEFAULT
    extra = 0
