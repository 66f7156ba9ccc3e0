"""Revert a record and its related records to a version, or restore what was deleted."""

from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import SET_NULL, Max, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from directory.history.versions import (
    DELETED,
    RelatedModels,
    key_of,
    last_version,
    name_of,
    related_keys,
    versions_of,
    versions_of_related,
)
from directory.models import HISTORY, City, Correction
from directory.search import refreshed_once


@refreshed_once()
def revert(model: type[Model], key: Any, token: str, related: RelatedModels) -> None:
    """Revert a record and its related records to what they were after a change set, in one transaction.

    Raises LookupError if there is no such version; ValidationError or IntegrityError, and changes
    nothing, if that version is not valid any more.
    """
    moment = _moment(token)
    versions = _versions_at(moment, versions_of(model, **{model._meta.pk.name: key}))
    reason = f"Restored as it was on {date_format(timezone.localtime(moment), 'j F Y, H:i')}"
    if not versions:
        raise LookupError(token)
    _save(versions[0], reason)
    for related_model, foreign_key in related:
        versions = _versions_at(moment, versions_of_related(related_model, foreign_key, key))
        versions = [version for version in versions if getattr(version, f"{foreign_key}_id") == key]
        _delete_others(related_model, {foreign_key: key}, [key_of(version) for version in versions], reason)
        for version in versions:
            _save(version, reason)


@refreshed_once()
def restore_deleted(token: str) -> None:
    """Restore all records that a change set deleted, and the relations to them. Raises like `revert`."""
    for model in cast("tuple[Any, ...]", HISTORY):
        for deletion in model.history.filter(change_set=token, history_type=DELETED):
            key = key_of(deletion)
            if not model._default_manager.filter(pk=key).exists():
                # The row of the deletion itself has lost its many-to-many relations.
                _save(last_version(model, key) or deletion, "Restored after it was deleted")
                _restore_relations_to(model, key)


def _moment(token: str) -> datetime:
    """Return when a change set ended. Raise LookupError if there is none."""
    dates = [
        model.history.filter(change_set=token).aggregate(date=Max("history_date"))["date"]
        for model in cast("tuple[Any, ...]", HISTORY)
    ]
    if not any(dates):
        raise LookupError(token)
    return max(filter(None, dates))


def _versions_at(moment: datetime, versions: QuerySet) -> list[Any]:
    """Return the version of each record that existed at a moment."""
    last = {key_of(version): version for version in versions.filter(history_date__lte=moment)}
    return [version for version in last.values() if version.history_type != DELETED]


def _save(version: Any, reason: str) -> None:
    """Save a version as the record's current one. Raise ValidationError or IntegrityError."""
    model, record = version.instance_type, version.instance
    stored = model._default_manager.filter(pk=record.pk).first()
    record._state.adding = stored is None
    record._stored_slug = getattr(stored, "slug", None)
    record._change_reason = reason
    _check_foreign_keys(record)
    record.full_clean()
    record.save()
    for field in model._meta.many_to_many:
        keys = related_keys(version, field)
        getattr(record, field.name).set(field.related_model._default_manager.filter(pk__in=keys))


def _check_foreign_keys(record: Model) -> None:
    """Clear foreign keys to deleted records, or raise ValidationError if the record needs them."""
    fields: Any = record._meta.fields
    for field in fields:
        key, related_model = getattr(record, field.attname), field.related_model
        if related_model is None or key is None or related_model._base_manager.filter(pk=key).exists():
            continue
        if field.remote_field.on_delete is SET_NULL:
            setattr(record, field.attname, None)
            continue
        version = last_version(related_model, key)
        raise ValidationError(
            f"it needs the {related_model._meta.verbose_name} “{name_of(version) if version else key}”, "
            "which was deleted too. Restore that first."
        )


def _delete_others(model: type[Model], lookups: dict[str, Any], keys: list[Any], reason: str) -> None:
    for record in model._default_manager.filter(**lookups).exclude(pk__in=keys):
        record._change_reason = reason  # type: ignore[attr-defined]
        record.delete()


def _restore_relations_to(model: type[Model], key: Any) -> None:
    """Restore the nullable and many-to-many relations of other records to a restored one."""
    if model is City:  # corrections have no history, but keep the name of their city
        name = City.objects.get(pk=key).name
        Correction.objects.filter(city=None, city_name=name).update(city=key)
    for relation in model._meta.related_objects:
        related_model: Any = relation.related_model
        field: Any = relation.field
        if related_model not in HISTORY or not (field.many_to_many or relation.on_delete is SET_NULL):
            continue
        last = {key_of(version): version for version in versions_of(related_model)}
        for record in related_model._default_manager.filter(pk__in=last):
            version = last[record.pk]
            if field.many_to_many and key in related_keys(version, field):
                getattr(record, field.name).add(key)
            elif not field.many_to_many and getattr(version, field.attname) == key:
                setattr(record, field.attname, key)
                record.save()
