"""What changed in a record and in all that belongs to it: who, when, and each value before and after."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from directory.history.states import (
    DELETED,
    Names,
    fields_of,
    key_of,
    name_of,
    state_before,
    states_of,
    states_of_parts,
    user_of,
    values_of,
)

# The models of what belongs to a record, each with the field that says to which.
Parts = Iterable[tuple[type[Model], str]]


@dataclass(frozen=True)
class Difference:
    """One value that changed, as people read it."""

    field: str
    label: str
    old: str
    new: str

    def words(self) -> Iterator[tuple[str, str]]:
        """The two as one text: pieces that are the same, were deleted or were inserted."""
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
    """What became of one record."""

    model: type[Model]
    key: Any
    name: str
    verb: str
    differences: list[Difference]

    @property
    def kind(self) -> str:
        """What it is, as in “key fact”."""
        return str(self.model._meta.verbose_name)


@dataclass
class ChangeSet:
    """All that one person changed at one time."""

    token: str
    date: datetime
    user: str
    reason: str
    changes: list[RecordChange] = field(default_factory=list)


def timeline(model: type[Model], key: Any, parts: Parts = ()) -> list[ChangeSet]:
    """Everything that happened to a record and to its parts, the latest first."""
    sets: dict[str, ChangeSet] = {}
    names = Names()
    _tell(model, states_of(model, **{model._meta.pk.name: key}), sets, names)
    for part, name in parts:
        _tell(part, states_of_parts(part, name, key), sets, names, (f"{name}_id", key))
    return sorted(sets.values(), key=lambda one: one.date, reverse=True)


def latest(model: Any, key: Any, parts: Parts = ()) -> str:
    """The token of the last change of a record or of its parts; empty if there was none yet."""
    rows = [model.history.filter(**{model._meta.pk.name: key})]
    rows += [part.history.filter(**{f"{name}_id": key}) for part, name in parts]  # type: ignore[attr-defined]
    ends = [states.order_by("-history_date", "-history_id").first() for states in rows]
    ends += [state for part, name in parts for state in _moves_away(part, name, key)]
    found = [state for state in ends if state is not None]
    token: str = max(found, key=lambda state: state.history_date).change_set if found else ""
    return token


def _moves_away(part: Any, name: str, key: Any) -> Iterator[Any]:
    """The states by which parts of a record came to belong to another."""
    for state in states_of_parts(part, name, key).exclude(**{f"{name}_id": key}):
        before = state_before(part, state)
        if before is not None and getattr(before, f"{name}_id") == key:
            yield state


def _tell(
    model: type[Model],
    states: Iterable[Any],
    sets: dict[str, ChangeSet],
    names: Names,
    owner: tuple[str, Any] | None = None,
) -> None:
    """Add what happened to the records of one model, while they had that owner if one is given.

    The states of one change set count as one.
    """
    last = {(key_of(state), state.change_set): state for state in states}
    before: dict[Any, Any] = {}
    for (key, token), state in last.items():
        old = before.get(key)
        before[key] = state
        if owner is not None and owner[1] not in (getattr(one, owner[0], None) for one in (old, state)):
            continue
        change = _change(model, key, old, state, names)
        if change.differences or change.verb != "changed":
            sets.setdefault(token, _empty(state)).changes.append(change)


def _empty(state: Any) -> ChangeSet:
    reason = state.history_change_reason or ""
    return ChangeSet(state.change_set, state.history_date, user_of(state), reason)


def _change(model: type[Model], key: Any, old: Any, new: Any, names: Names) -> RecordChange:
    verb = "deleted" if new.history_type == DELETED else "changed" if old is not None else "added"
    if old is not None and old.history_type == DELETED and verb == "changed":
        verb = "brought back"
    return RecordChange(model, key, name_of(new), verb, list(_differences(model, old, new, names, verb)))


def _differences(model: type[Model], old: Any, new: Any, names: Names, verb: str) -> Iterator[Difference]:
    if verb == "deleted":
        return
    was = values_of(old) if old is not None and old.history_type != DELETED else {}
    now = values_of(new)
    for model_field in fields_of(model):
        name = model_field.name
        if name in now and was.get(name) != now[name]:
            old_text, new_text = (names.shown(model_field, values.get(name)) for values in (was, now))
            if old_text != new_text:
                yield Difference(name, str(model_field.verbose_name), old_text, new_text)
