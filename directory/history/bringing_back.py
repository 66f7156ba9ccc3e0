"""Bringing back: a record and its parts as they were, or all that one change set deleted."""

from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import SET_NULL, Max, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from directory.history.states import (
    DELETED,
    key_of,
    last_state,
    name_of,
    related_keys,
    states_of,
    states_of_parts,
)
from directory.history.timeline import Parts
from directory.models import HISTORY, City, Correction


@transaction.atomic
def bring_back(model: type[Model], key: Any, token: str, parts: Parts) -> None:
    """Give a record and its parts the state in which one change set left them.

    Raises ValidationError or IntegrityError, and changes nothing, if that state is not possible any more;
    LookupError if there is no such state.
    """
    moment = _moment(token)
    found = _as_of(moment, states_of(model, **{model._meta.pk.name: key}))
    if not found:
        raise LookupError(token)
    reason = f"Brought back as it was on {date_format(timezone.localtime(moment), 'j F Y, H:i')}"
    _save(found[0], reason)
    for part, name in parts:
        there = _as_of(moment, states_of_parts(part, name, key))
        states = [state for state in there if getattr(state, f"{name}_id") == key]
        _delete_others(part, {name: key}, [key_of(state) for state in states], reason)
        for state in states:
            _save(state, reason)


@transaction.atomic
def bring_back_deleted(token: str) -> None:
    """Make all that one change set deleted again, with what pointed at it. Raises as `bring_back` does."""
    for model in cast("tuple[Any, ...]", HISTORY):
        for deleted in model.history.filter(change_set=token, history_type=DELETED):
            key = key_of(deleted)
            if not model._default_manager.filter(pk=key).exists():
                # A relation is gone from the row of the deletion itself.
                _save(last_state(model, key) or deleted, "Brought back after it was deleted")
                _relink(model, key)


def _moment(token: str) -> datetime:
    """When a change set was finished. Raises LookupError if there is none."""
    dates = [
        model.history.filter(change_set=token).aggregate(date=Max("history_date"))["date"]
        for model in cast("tuple[Any, ...]", HISTORY)
    ]
    if not any(dates):
        raise LookupError(token)
    return max(filter(None, dates))


def _as_of(moment: datetime, states: QuerySet) -> list[Any]:
    """Those of the states that records had at a moment; none for those that did not exist then."""
    last = {key_of(state): state for state in states.filter(history_date__lte=moment)}
    return [state for state in last.values() if state.history_type != DELETED]


def _save(state: Any, reason: str) -> None:
    """Make the record what the state says. Raises ValidationError or IntegrityError."""
    model, record = state.instance_type, state.instance
    stored = model._default_manager.filter(pk=record.pk).first()
    record._state.adding = stored is None
    record._stored_slug = getattr(stored, "slug", None)
    record._change_reason = reason
    _find_what_it_needs(record)
    record.full_clean()
    record.save()
    for field in model._meta.many_to_many:
        getattr(record, field.name).set(
            field.related_model._default_manager.filter(pk__in=related_keys(state, field))
        )


def _find_what_it_needs(record: Model) -> None:
    """Let go of what it only pointed at and is there no more. Raises ValidationError for what it rests on."""
    fields: Any = record._meta.fields
    for field in fields:
        key, other = getattr(record, field.attname), field.related_model
        if other is None or key is None or other._base_manager.filter(pk=key).exists():
            continue
        if field.remote_field.on_delete is SET_NULL:
            setattr(record, field.attname, None)
            continue
        state = last_state(other, key)
        raise ValidationError(
            f"it rests on the {other._meta.verbose_name} “{name_of(state) if state else key}”, which was "
            "deleted too. Bring that back first."
        )


def _delete_others(model: type[Model], asked: dict[str, Any], kept: list[Any], reason: str) -> None:
    for record in model._default_manager.filter(**asked).exclude(pk__in=kept):
        record._change_reason = reason  # type: ignore[attr-defined]
        record.delete()


def _relink(model: type[Model], key: Any) -> None:
    """Have what pointed at a record, as far as its own history says so, point at it again."""
    if model is City:  # corrections have no history, but keep the name of their city
        Correction.objects.filter(city=None, city_name=City.objects.get(pk=key).name).update(city=key)
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        field: Any = relation.field
        if other not in HISTORY or not (field.many_to_many or relation.on_delete is SET_NULL):
            continue
        last = {key_of(state): state for state in states_of(other)}
        for record in other._default_manager.filter(pk__in=last):
            state = last[record.pk]
            if field.many_to_many and key in related_keys(state, field):
                getattr(record, field.name).add(key)
            elif not field.many_to_many and getattr(state, field.attname) == key:
                setattr(record, field.attname, key)
                record.save()
