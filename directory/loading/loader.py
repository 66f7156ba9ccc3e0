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
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import transaction
from django.db.models import Field

from directory.loading.fixture_files import FixtureError, FixtureRecord, digest_of, read_fixtures
from directory.models import LoadedRecord
from directory.models.natural_key import NaturalKeyModel


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
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

    @property
    def differs(self) -> bool:
        """Whether loading would write anything."""
        return bool(self.count(Outcome.CREATED) or self.count(Outcome.UPDATED))


def load_fixtures(folder: Path, *, check_only: bool = False) -> Report:
    """Load all that is missing, all or nothing; with `check_only`, say what that would be and write nothing.

    Raises FixtureError.
    """
    records = read_fixtures(folder)
    with transaction.atomic():
        report = _Loader().load(records)
        if check_only:
            transaction.set_rollback(True)
    return report


class _Loader:
    """Compares each record with the ledger and the database, and acts."""

    def __init__(self) -> None:
        self.ledger = {(row.model, row.natural_key): row for row in LoadedRecord.objects.all()}

    def load(self, records: list[FixtureRecord]) -> Report:
        report = Report()
        for record in records:
            report.outcomes[self._load_one(record)].append(record)
        return report

    def _load_one(self, record: FixtureRecord) -> Outcome:
        entry = self.ledger.get(_ledger_key(record.model, record.key))
        if entry is not None and entry.fixture_digest == record.digest:
            return Outcome.UNCHANGED
        if entry is not None and _find(record.model, record.key) is None:
            return Outcome.DELETED_HERE
        if self._names_what_was_deleted(record):
            return Outcome.PARENT_DELETED_HERE
        loaded = _deserialize(record)
        stored = _find(record.model, cast("NaturalKeyModel", loaded.object).natural_key())
        if entry is None:
            return self._create(record, loaded) if stored is None else self._adopt(record)
        if stored is None or stored_digest(stored) != entry.stored_digest:
            return Outcome.KEPT
        loaded.object.pk = stored.pk
        loaded.object._state.adding = False
        self._save(record, loaded, entry)
        return Outcome.UPDATED

    def _create(self, record: FixtureRecord, loaded: DeserializedObject) -> Outcome:
        model, key = _ledger_key(record.model, record.key)
        self._save(record, loaded, LoadedRecord(model=model, natural_key=key))
        return Outcome.CREATED

    def _adopt(self, record: FixtureRecord) -> Outcome:
        model, key = _ledger_key(record.model, record.key)
        LoadedRecord.objects.create(model=model, natural_key=key, fixture_digest=record.digest)
        return Outcome.ALREADY_HERE

    def _save(self, record: FixtureRecord, loaded: DeserializedObject, entry: LoadedRecord) -> None:
        try:
            loaded.object.full_clean()
        except ValidationError as error:
            reasons = "; ".join(
                f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
            )
            raise FixtureError(f"{record}: {reasons}") from error
        loaded.save()
        entry.fixture_digest = record.digest
        entry.stored_digest = stored_digest(cast("NaturalKeyModel", loaded.object))
        entry.save()
        self.ledger[entry.model, entry.natural_key] = entry

    def _names_what_was_deleted(self, record: FixtureRecord) -> bool:
        return any(
            _ledger_key(model, key) in self.ledger and _find(model, key) is None
            for model, key in record.named()
        )


def _ledger_key(model: type[NaturalKeyModel], key: tuple[str | None, ...]) -> tuple[str, str]:
    return model._meta.label_lower, json.dumps(key, ensure_ascii=False)


def _find(model: type[NaturalKeyModel], key: tuple[str | None, ...]) -> NaturalKeyModel | None:
    try:
        return model._default_manager.get_by_natural_key(*key)
    except model.DoesNotExist:
        return None


def _deserialize(record: FixtureRecord) -> DeserializedObject:
    entry = {"model": record.model._meta.label_lower, "fields": record.fields}
    try:
        (loaded,) = serializers.deserialize("python", [entry])
    except DeserializationError as error:
        raise FixtureError(f"{record}: {error}") from error
    return loaded


def stored_digest(stored: NaturalKeyModel) -> str:
    """A digest of a record as the database holds it.

    A field at its default is left out, so that a migration that adds one makes no record look changed.
    """
    stored = type(stored)._default_manager.get(pk=stored.pk)
    (entry,) = serializers.serialize(
        "python", [stored], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    values = {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in entry["fields"].items()
        if not _is_default(cast("Field", stored._meta.get_field(name)), value)
    }
    return digest_of(values)


def _is_default(model_field: Field, value: Any) -> bool:
    return value in (None, "", []) or (model_field.has_default() and value == model_field.get_default())
