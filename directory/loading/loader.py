"""Loading the fixtures without ever undoing what staff did.

A ledger remembers every record that was ever loaded. What it lists is left alone, unless the fixture
changed since and the record in the database did not.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import transaction
from django.db.models import Field

from directory.database import lock_for_this_transaction
from directory.loading.fixture_files import FixtureError, FixtureRecord, digest_of, read_fixtures
from directory.models import LoadedRecord
from directory.models.natural_key import NaturalKeyModel
from directory.search import refreshed_once

Key = tuple[str | None, ...]


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CHANGED_HERE = "changed here, left alone"
    DELETED_HERE = "deleted here, left alone"
    KEPT = "changed here and in the fixture, kept as it is here"
    ALREADY_HERE = "made here before the fixture had it, kept as it is here"
    PARENT_DELETED_HERE = "not loaded, what it belongs to was deleted here"


@dataclass
class Report:
    """What became of each record."""

    outcomes: dict[Outcome, list[FixtureRecord]] = field(default_factory=lambda: defaultdict(list))

    def count(self, outcome: Outcome) -> int:
        """How many records had this outcome."""
        return len(self.outcomes[outcome])


def load_fixtures(folder: Path, *, check_only: bool = False) -> Report:
    """Load all that is missing, all or nothing.

    With `check_only`, say what that would be and what staff changed or deleted, and write nothing.
    Raises FixtureError.
    """
    records = read_fixtures(folder)
    with transaction.atomic():
        lock_for_this_transaction()
        with refreshed_once():
            report = _Loader(look_closely=check_only).load(records)
        if check_only:
            transaction.set_rollback(True)
    return report


class _Loader:
    """Compares each record with the ledger and the database, and acts."""

    def __init__(self, *, look_closely: bool) -> None:
        self.look_closely = look_closely
        self.ledger = {(row.model, row.natural_key): row for row in LoadedRecord.objects.all()}

    def load(self, records: list[FixtureRecord]) -> Report:
        report = Report()
        for record in records:
            report.outcomes[self._load_one(record)].append(record)
        return report

    def _load_one(self, record: FixtureRecord) -> Outcome:
        entry = self._entry(record.model, record.key)
        if entry is None:
            return self._meet(record)
        if entry.fixture_digest == record.digest:
            return self._look_at(record, entry) if self.look_closely else Outcome.UNCHANGED
        return self._catch_up(record, entry)

    def _meet(self, record: FixtureRecord) -> Outcome:
        """Deal with a record that was never loaded before."""
        fields = self._fields_with_ids(record)
        if fields is None:
            return Outcome.PARENT_DELETED_HERE
        loaded = _deserialize(record, fields)
        model, key = _ledger_key(record.model, record.key)
        entry = LoadedRecord(model=model, natural_key=key)
        stored = _find(record.model, cast("NaturalKeyModel", loaded.object).natural_key())
        if stored is None:
            self._save(record, loaded, entry)
            return Outcome.CREATED
        entry.object_id, entry.fixture_digest = stored.pk, record.digest
        self._note(entry)
        return Outcome.ALREADY_HERE

    def _catch_up(self, record: FixtureRecord, entry: LoadedRecord) -> Outcome:
        """Deal with a record that its fixture says something new of."""
        stored = _stored(record.model, entry)
        if stored is None:
            return Outcome.DELETED_HERE
        if stored_digest(stored) != entry.stored_digest:
            return Outcome.KEPT
        fields = self._fields_with_ids(record)
        if fields is None:
            return Outcome.PARENT_DELETED_HERE
        loaded = _deserialize(record, fields)
        loaded.object.pk = stored.pk
        loaded.object._state.adding = False
        self._save(record, loaded, entry)
        return Outcome.UPDATED

    def _look_at(self, record: FixtureRecord, entry: LoadedRecord) -> Outcome:
        """Tell what staff did to a record that its fixture says nothing new of."""
        stored = _stored(record.model, entry)
        if stored is None:
            return Outcome.DELETED_HERE
        if entry.stored_digest and stored_digest(stored) != entry.stored_digest:
            return Outcome.CHANGED_HERE
        return Outcome.UNCHANGED

    def _save(self, record: FixtureRecord, loaded: DeserializedObject, entry: LoadedRecord) -> None:
        try:
            loaded.object.full_clean()
        except ValidationError as error:
            reasons = "; ".join(
                f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
            )
            raise FixtureError(f"{record}: {reasons}") from error
        loaded.object.save()
        for name, related in (loaded.m2m_data or {}).items():
            getattr(loaded.object, name).set(related)
        entry.object_id = loaded.object.pk
        entry.fixture_digest = record.digest
        entry.stored_digest = stored_digest(cast("NaturalKeyModel", loaded.object))
        self._note(entry)

    def _note(self, entry: LoadedRecord) -> None:
        entry.save()
        self.ledger[entry.model, entry.natural_key] = entry

    def _entry(self, model: type[NaturalKeyModel], key: Key) -> LoadedRecord | None:
        return self.ledger.get(_ledger_key(model, key))

    def _fields_with_ids(self, record: FixtureRecord) -> dict[str, Any] | None:
        """The record's fields, with what it names found even if it was renamed; None if that was deleted."""
        fields = {name: [] for name in record.many_to_many()} | record.fields
        for name, related, keys in record.named():
            ids = [self._id(related, key) for key in keys]
            for key, found in zip(keys, ids, strict=True):
                if found is None and self._entry(related, key) is None:
                    wanted = " / ".join(filter(None, key))
                    raise FixtureError(f"{record}: there is no {related._meta.verbose_name} “{wanted}”.")
            if None in ids:
                return None
            fields[name] = ids if name in record.many_to_many() else ids[0]
        return fields

    def _id(self, model: type[NaturalKeyModel], key: Key) -> Any:
        entry = self._entry(model, key)
        found = _find(model, key) if entry is None else _stored(model, entry)
        return None if found is None else found.pk


def _ledger_key(model: type[NaturalKeyModel], key: Key) -> tuple[str, str]:
    return model._meta.label_lower, json.dumps(key, ensure_ascii=False)


def _stored(model: type[NaturalKeyModel], entry: LoadedRecord) -> NaturalKeyModel | None:
    return model._default_manager.filter(pk=entry.object_id).first()


def _find(model: type[NaturalKeyModel], key: Key) -> NaturalKeyModel | None:
    try:
        return model._default_manager.get_by_natural_key(*key)
    except (ObjectDoesNotExist, ValueError):
        return None


def _deserialize(record: FixtureRecord, fields: dict[str, Any]) -> DeserializedObject:
    try:
        (loaded,) = serializers.deserialize(
            "python", [{"model": record.model._meta.label_lower, "fields": fields}]
        )
    except DeserializationError as error:
        raise FixtureError(f"{record}: {error}") from error
    return loaded


def stored_digest(stored: NaturalKeyModel) -> str:
    """A digest of a record as the database holds it.

    A field at its default is left out, so that a migration that adds one makes no record look changed.
    """
    stored = type(stored)._default_manager.get(pk=stored.pk)
    (entry,) = serializers.serialize("python", [stored])
    values = {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in entry["fields"].items()
        if not _is_default(cast("Field", stored._meta.get_field(name)), value)
    }
    return digest_of(values)


def _is_default(model_field: Field, value: Any) -> bool:
    if not model_field.editable:
        return True
    return value in (None, "", []) or (model_field.has_default() and value == model_field.get_default())
