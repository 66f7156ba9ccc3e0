"""Historical versions of records: one row each, with its many-to-many relations."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, ManyToManyField, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

DELETED = "-"

# The models whose records belong to a record, each with the name of its foreign key to that record.
RelatedModels = Iterable[tuple[type[Model], str]]


def versions_of(model: Any, **lookups: Any) -> QuerySet:
    """Return all versions of the records that match, the oldest first."""
    versions: QuerySet = model.history.filter(**lookups).select_related("history_user")
    return versions.order_by("history_date", "history_id")


def versions_of_related(model: Any, foreign_key: str, key: Any) -> QuerySet:
    """Return all versions of the records that ever belonged to the record with this key."""
    pk = model._meta.pk.name
    belonged = model.history.filter(**{f"{foreign_key}_id": key}).values(pk)
    return versions_of(model, **{f"{pk}__in": belonged})


def last_version(model: Any, key: Any) -> Any:
    """Return the last version of a record before its deletion, or None if it never existed."""
    return versions_of(model, **{model._meta.pk.name: key}).exclude(history_type=DELETED).last()


def key_of(version: Any) -> Any:
    """Return the primary key of the record."""
    return getattr(version, version.instance_type._meta.pk.attname)


def values_of(version: Any) -> dict[str, Any]:
    """Return the record's values by field name, without its primary key."""
    model = version.instance_type
    recorded = {field.name for field in version._meta.fields}
    values = {
        field.name: getattr(version, field.attname)
        for field in model._meta.fields
        if field.name in recorded and not field.primary_key
    }
    return values | {field.name: related_keys(version, field) for field in model._meta.many_to_many}


def related_keys(version: Any, field: ManyToManyField) -> tuple[Any, ...]:
    """Return the sorted keys of the records that a version is related to."""
    rows = getattr(version, field.name).all()
    return tuple(sorted(getattr(row, field.m2m_reverse_name()) for row in rows))


def user_of(version: Any) -> str:
    """Return the name of the user who made a version."""
    return version.history_user.get_username() if version.history_user else "the site itself"


def name_of(version: Any) -> str:
    """Return the record's name, or its number if the name needs a record that no longer exists."""
    try:
        return str(version.instance)
    except ObjectDoesNotExist:
        return f"number {key_of(version)}"


class ValueFormatter:
    """Formats the values of fields; each related record is queried once."""

    def __init__(self) -> None:
        self._names: dict[tuple[type[Model], Any], str] = {}

    def format(self, field: Field, value: Any) -> str:
        """Return a field's value as text, or an empty string if there is none."""
        if value in (None, "", ()):
            return ""
        if field.many_to_many:
            return ", ".join(self._name(field.related_model, key) for key in value)
        if field.is_relation:
            return self._name(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if hasattr(value, "hour"):
            return date_format(timezone.localtime(value), "j F Y, H:i")
        return str(value)

    def _name(self, model: Any, key: Any) -> str:
        if (model, key) not in self._names:
            record = model._base_manager.filter(pk=key).first()
            self._names[model, key] = str(record) if record else f"number {key}, deleted since"
        return self._names[model, key]


def fields_of(model: type[Model]) -> Iterable[Any]:
    """Return all fields but the primary key, in the order of the model."""
    return (field for field in (*model._meta.fields, *model._meta.many_to_many) if not field.primary_key)
