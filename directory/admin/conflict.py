"""Conflicts between two editors: what one changed, beside what the other typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseInlineFormSet, ModelForm

from directory.history.timeline import ChangeSet, RecordChange
from directory.history.versions import ValueFormatter


@dataclass(frozen=True)
class Conflict:
    """One value that somebody changed, and what another editor typed in its place."""

    user: str
    date: datetime
    what: str
    old: str
    new: str
    typed: str


def conflicts(
    change_sets: Iterable[ChangeSet], form: ModelForm, formsets: list[BaseInlineFormSet]
) -> list[Conflict]:
    """Return the conflicts in the order of the change sets."""
    return [
        conflict
        for change_set in change_sets
        for change in change_set.changes
        for conflict in _conflicts_of(change, change_set, _form_of(change, form, formsets))
    ]


def _conflicts_of(change: RecordChange, change_set: ChangeSet, form: ModelForm | None) -> list[Conflict]:
    user, date = change_set.user, change_set.date
    if change.verb != "changed":
        return [Conflict(user, date, f"{change.kind} “{change.name}”", "", change.verb, "")]
    return [
        Conflict(user, date, _label(change, one.label), one.old, one.new, _typed(change, one.field, form))
        for one in change.differences
    ]


def _label(change: RecordChange, label: str) -> str:
    return f"{change.kind} “{change.name}”: {label}"


def _form_of(change: RecordChange, form: ModelForm, formsets: list[BaseInlineFormSet]) -> ModelForm | None:
    inline_forms = [inline_form for formset in formsets for inline_form in formset.forms]
    for one in (form, *inline_forms):
        if isinstance(one.instance, change.model) and one.instance.pk == change.key:
            return one
    return None


def _typed(change: RecordChange, name: str, form: ModelForm | None) -> str:
    if form is None or name not in form.fields:
        return ""
    value: Any = form[name].value()
    field = change.model._meta.get_field(name)
    return ValueFormatter().format(field, tuple(value) if isinstance(value, list) else value)  # type: ignore[arg-type]
