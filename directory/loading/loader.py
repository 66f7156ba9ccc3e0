"""Loads the fixtures without undoing what staff changed or deleted.

The load log stores every record that was ever loaded. A record in it is left alone, unless its fixture
has changed since and the stored record has not.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field

from directory.database import lock_for_this_transaction
from directory.loading.fixture_files import FixtureError, FixtureRecord, Key, digest_of, read_fixtures
from directory.loading.stored_records import StoredRecords
from directory.models import LoadedRecord
from directory.models.natural_key import NaturalKeyModel
from directory.search import refreshed_once

Related = dict[str, list[NaturalKeyModel]]


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CHANGED_HERE = "changed here, left alone"
    DELETED_HERE = "deleted here, left alone"
    KEPT = "changed here and in the fixture, kept as it is here"
    ALREADY_HERE = "made here before the fixture had it, kept as it is here"
    PARENT_DELETED_HERE = "not loaded, what it belongs to was deleted here"


def load_fixtures(folder: Path, *, check_only: bool = False) -> dict[Outcome, list[FixtureRecord]]:
    """Create and update what staff did not change, all or nothing; return the records by outcome.

    With `check_only`, write nothing. Raise FixtureError if a fixture is not valid.
    """
    records = read_fixtures(folder)
    with transaction.atomic():
        lock_for_this_transaction()
        with refreshed_once():
            outcomes = _Loader().load(records)
        if check_only:
            transaction.set_rollback(True)
    return outcomes


class _Loader:
    """Compares each record with the load log and the database, and saves it or leaves it alone."""

    def __init__(self) -> None:
        self.log = {(entry.model, entry.natural_key): entry for entry in LoadedRecord.objects.all()}
        self.stored = StoredRecords()
        self.changed: list[LoadedRecord] = []
        self.saved: list[tuple[type[NaturalKeyModel], LoadedRecord]] = []

    def load(self, records: list[FixtureRecord]) -> dict[Outcome, list[FixtureRecord]]:
        outcomes: dict[Outcome, list[FixtureRecord]] = {outcome: [] for outcome in Outcome}
        for record in records:
            outcomes[self._load_one(record)].append(record)
        self._write_log()
        return outcomes

    def _load_one(self, record: FixtureRecord) -> Outcome:
        entry = self._entry(record.model, record.key)
        if entry is None:
            return self._load_new(record)
        stored = self.stored.of(record.model).get(entry.object_id)
        if stored is None:
            return Outcome.DELETED_HERE
        # An entry without a digest is of a record that staff had made before the fixture had it.
        is_changed_here = stored_digest(stored) != entry.stored_digest
        if entry.fixture_digest == record.digest:
            return Outcome.CHANGED_HERE if is_changed_here and entry.stored_digest else Outcome.UNCHANGED
        return Outcome.KEPT if is_changed_here else self._update(record, entry)

    def _load_new(self, record: FixtureRecord) -> Outcome:
        """Create a record that is not in the load log, unless staff made it already."""
        related = self._related(record)
        if related is None:
            return Outcome.PARENT_DELETED_HERE
        instance = _instance(record, related)
        model, key = _log_key(record.model, record.key)
        entry = LoadedRecord(model=model, natural_key=key, fixture_digest=record.digest)
        if stored := self.stored.find(record.model, instance.natural_key()):
            entry.object_id = stored.pk
            self._log(entry)
            return Outcome.ALREADY_HERE
        self._save(record, instance, related, entry)
        return Outcome.CREATED

    def _update(self, record: FixtureRecord, entry: LoadedRecord) -> Outcome:
        """Save what is new in the fixture of a record that staff did not change."""
        related = self._related(record)
        if related is None:
            return Outcome.PARENT_DELETED_HERE
        instance = _instance(record, related)
        instance.pk = entry.object_id
        instance._state.adding = False
        self._save(record, instance, related, entry)
        return Outcome.UPDATED

    def _save(
        self, record: FixtureRecord, instance: NaturalKeyModel, related: Related, entry: LoadedRecord
    ) -> None:
        try:
            instance.full_clean()
        except ValidationError as error:
            reasons = (f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
            raise FixtureError(f"{record}: {'; '.join(reasons)}") from error
        instance.save()
        for name in record.many_to_many():
            getattr(instance, name).set(related.get(name, []))
        self.stored.add(instance)
        entry.object_id, entry.fixture_digest = instance.pk, record.digest
        self._log(entry)
        self.saved.append((record.model, entry))

    def _log(self, entry: LoadedRecord) -> None:
        self.log[entry.model, entry.natural_key] = entry
        self.changed.append(entry)

    def _write_log(self) -> None:
        """Write the changed entries, with digests of the saved records as the database returns them."""
        stored = StoredRecords()
        for model, entry in self.saved:
            entry.stored_digest = stored_digest(stored.of(model)[entry.object_id])
        LoadedRecord.objects.bulk_create(entry for entry in self.changed if entry._state.adding)
        # `bulk_create` has marked its entries as stored: writing them once more does no harm.
        LoadedRecord.objects.bulk_update(self.changed, ["object_id", "fixture_digest", "stored_digest"])

    def _entry(self, model: type[NaturalKeyModel], key: Key) -> LoadedRecord | None:
        return self.log.get(_log_key(model, key))

    def _related(self, record: FixtureRecord) -> Related | None:
        """Return the records that this one names, renamed or not, by field; None if one was deleted here.

        Raise FixtureError if one never existed.
        """
        related: Related = {}
        for name, model, keys in record.named():
            found = [self._named(record, model, key) for key in keys]
            if None in found:
                return None
            related[name] = cast("list[NaturalKeyModel]", found)
        return related

    def _named(self, record: FixtureRecord, model: type[NaturalKeyModel], key: Key) -> NaturalKeyModel | None:
        if entry := self._entry(model, key):
            return self.stored.of(model).get(entry.object_id)
        if found := self.stored.find(model, key):
            return found
        wanted = " / ".join(filter(None, key))
        raise FixtureError(f"{record}: there is no {model._meta.verbose_name} “{wanted}”.")


def _log_key(model: type[NaturalKeyModel], key: Key) -> tuple[str, str]:
    return model._meta.label_lower, json.dumps(key, ensure_ascii=False)


def _instance(record: FixtureRecord, related: Related) -> NaturalKeyModel:
    """Return an unsaved instance of the record; what its fixture leaves out has its default."""
    values: dict[str, Any] = {}
    for name in record.fields.keys() - record.many_to_many():
        try:
            field = cast("Field", record.model._meta.get_field(name))
            values[name] = related[name][0] if name in related else field.to_python(record.fields[name])
        except ValidationError as error:
            raise FixtureError(f"{record}: {name}: {' '.join(error.messages)}") from error
    return record.model(**values)


def stored_digest(stored: NaturalKeyModel) -> str:
    """Return a digest of a stored record.

    Fields at their default are left out, so that a migration that adds one changes no digest.
    """
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
