"""The states of records that the history holds: one row a state, many-to-many relations included."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, ManyToManyField, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

DELETED = "-"


def states_of(model: Any, **asked: Any) -> QuerySet:
    """Every state of the records asked for, the oldest first."""
    rows: QuerySet = model.history.filter(**asked).select_related("history_user")
    return rows.order_by("history_date", "history_id")


def states_of_parts(part: Any, name: str, key: Any) -> QuerySet:
    """Every state of the records that ever belonged to another, by the field that says to which."""
    own = part._meta.pk.name
    belonged = part.history.filter(**{f"{name}_id": key}).values(own)
    return states_of(part, **{f"{own}__in": belonged})


def state_before(model: Any, state: Any) -> Any:
    """The state that a record had before this one; None if it is the first."""
    return states_of(model, history_id__lt=state.history_id, **{model._meta.pk.name: key_of(state)}).last()


def last_state(model: Any, key: Any) -> Any:
    """The last state that a record had while it was there; None if it never was."""
    return states_of(model, **{model._meta.pk.name: key}).exclude(history_type=DELETED).last()


def key_of(state: Any) -> Any:
    """The key of the record whose state it is."""
    return getattr(state, state.instance_type._meta.pk.attname)


def values_of(state: Any) -> dict[str, Any]:
    """The record's own values, by the names of its fields."""
    model = state.instance_type
    kept = {field.name for field in state._meta.fields}
    values = {
        field.name: getattr(state, field.attname)
        for field in model._meta.fields
        if field.name in kept and not field.primary_key
    }
    return values | {field.name: related_keys(state, field) for field in model._meta.many_to_many}


def related_keys(state: Any, field: ManyToManyField) -> tuple[Any, ...]:
    """The keys of what a state is related to, in one order."""
    return tuple(sorted(getattr(row, field.m2m_reverse_name()) for row in getattr(state, field.name).all()))


def user_of(state: Any) -> str:
    """Who made it so."""
    return state.history_user.get_username() if state.history_user else "the site itself"


def name_of(state: Any) -> str:
    """What the record was called; its number if that needs something that is there no more."""
    try:
        return str(state.instance)
    except ObjectDoesNotExist:
        return f"no. {key_of(state)}"


class Names:
    """How values are shown to people, each related record asked for once."""

    def __init__(self) -> None:
        self._names: dict[tuple[type[Model], Any], str] = {}

    def shown(self, field: Field, value: Any) -> str:
        """A field's value in words; empty if there is none."""
        if value in (None, "", ()):
            return ""
        if field.many_to_many:
            return ", ".join(self._related(field.related_model, key) for key in value)
        if field.is_relation:
            return self._related(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if hasattr(value, "hour"):
            return date_format(timezone.localtime(value), "j F Y, H:i")
        return str(value)

    def _related(self, model: Any, key: Any) -> str:
        if (model, key) not in self._names:
            record = model._base_manager.filter(pk=key).first()
            self._names[model, key] = str(record) if record else f"no. {key}, deleted since"
        return self._names[model, key]


def fields_of(model: type[Model]) -> Iterable[Any]:
    """The fields that people know, in the order in which the model names them."""
    return (field for field in (*model._meta.fields, *model._meta.many_to_many) if not field.primary_key)
