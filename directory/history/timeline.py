"""The timeline of a record and its related records: who changed what, from which value to which."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from directory.history.versions import (
    DELETED,
    RelatedModels,
    ValueFormatter,
    fields_of,
    key_of,
    name_of,
    user_of,
    values_of,
    versions_of,
    versions_of_related,
)


@dataclass(frozen=True)
class Difference:
    """One changed value, before and after, formatted."""

    field: str
    label: str
    old: str
    new: str

    def words(self) -> Iterator[tuple[str, str]]:
        """Return the pieces of both texts in order, each as ("same", "deleted" or "inserted", text)."""
        old, new = (re.findall(r"\s+|[^\s]+", text) for text in (self.old, self.new))
        for kind, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
            if kind == "equal":
                yield "same", "".join(old[i:j])
            else:
                yield from ((name, text) for name, text in _replaced(old[i:j], new[k:m]) if text)


def _replaced(old: list[str], new: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("deleted", "".join(old)), ("inserted", "".join(new))


@dataclass(frozen=True)
class RecordChange:
    """One change of one record."""

    model: type[Model]
    key: Any
    name: str
    verb: str
    differences: list[Difference]

    @property
    def kind(self) -> str:
        """Return the verbose name of the model."""
        return str(self.model._meta.verbose_name)


@dataclass
class ChangeSet:
    """All changes of one request."""

    token: str
    date: datetime
    user: str
    reason: str
    changes: list[RecordChange] = field(default_factory=list)


def timeline(model: type[Model], key: Any, related: RelatedModels = ()) -> list[ChangeSet]:
    """Return all changes of a record and its related records, grouped by change set, the latest first."""
    change_sets: dict[str, ChangeSet] = {}
    formatter = ValueFormatter()
    _add_changes(model, versions_of(model, **{model._meta.pk.name: key}), change_sets, formatter)
    for related_model, foreign_key in related:
        versions = versions_of_related(related_model, foreign_key, key)
        _add_changes(related_model, versions, change_sets, formatter, (f"{foreign_key}_id", key))
    # Not `reverse=True`, which would put the earlier of two at the same moment first.
    return sorted(change_sets.values(), key=lambda one: one.date)[::-1]


def _add_changes(
    model: type[Model],
    versions: Iterable[Any],
    change_sets: dict[str, ChangeSet],
    formatter: ValueFormatter,
    owner: tuple[str, Any] | None = None,
) -> None:
    """Add the changes of one model's records, only while they had the owner if one is given.

    The versions of one change set count as one.
    """
    last = {(key_of(version), version.change_set): version for version in versions}
    before: dict[Any, Any] = {}
    for (key, token), version in last.items():
        old = before.get(key)
        before[key] = version
        if owner is not None and owner[1] not in (getattr(one, owner[0], None) for one in (old, version)):
            continue
        change = _change(model, key, old, version, formatter)
        if change.differences or change.verb != "changed":
            change_sets.setdefault(token, _change_set(version)).changes.append(change)


def _change_set(version: Any) -> ChangeSet:
    reason = version.history_change_reason or ""
    return ChangeSet(version.change_set, version.history_date, user_of(version), reason)


def _change(model: type[Model], key: Any, old: Any, new: Any, formatter: ValueFormatter) -> RecordChange:
    verb = "deleted" if new.history_type == DELETED else "changed" if old is not None else "added"
    if old is not None and old.history_type == DELETED and verb == "changed":
        verb = "restored"
    differences = [] if verb == "deleted" else list(_differences(model, old, new, formatter))
    return RecordChange(model, key, name_of(new), verb, differences)


def _differences(model: type[Model], old: Any, new: Any, formatter: ValueFormatter) -> Iterator[Difference]:
    before = values_of(old) if old is not None and old.history_type != DELETED else {}
    after = values_of(new)
    for model_field in fields_of(model):
        name = model_field.name
        if name in after and before.get(name) != after[name]:
            old_text, new_text = (
                formatter.format(model_field, values.get(name)) for values in (before, after)
            )
            if old_text != new_text:
                yield Difference(name, str(model_field.verbose_name), old_text, new_text)
