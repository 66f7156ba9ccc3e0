"""Reading the fixtures: from YAML files to records that know where they were written."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from directory.models.natural_key import NaturalKeyModel

# In this order, so that what a record rests on is there before it.
FILES = (
    "sources.yaml",
    "networks.yaml",
    "priorities.yaml",
    "partners.yaml",
    "cities.yaml",
    "city_sections.yaml",
    "key_facts.yaml",
    "city_priorities.yaml",
    "memberships.yaml",
    "partnerships.yaml",
    "news.yaml",
    "guides.yaml",
)


class FixtureError(Exception):
    """What is wrong in a fixture: names the file, the record, and the reason."""


@dataclass(frozen=True)
class FixtureRecord:
    """One record of a fixture file, as it is written there."""

    file: str
    number: int
    model: type[NaturalKeyModel]
    fields: dict[str, Any]

    def __str__(self) -> str:
        key = " / ".join(filter(None, self.key))
        return f"{self.file}, record {self.number} ({self.model._meta.verbose_name} “{key}”)"

    @cached_property
    def key(self) -> tuple[str | None, ...]:
        """The natural key as the fixture writes it."""
        return tuple(
            _written(self.fields.get(lookup.split("__")[0])) for lookup in self.model.natural_key_lookups
        )

    @cached_property
    def digest(self) -> str:
        """A digest of all that the fixture says of the record."""
        return digest_of(self.fields)

    def named(self) -> list[tuple[type[NaturalKeyModel], tuple[str, ...]]]:
        """The records that this one names: their model and natural key."""
        named: list[tuple[Any, tuple[str, ...]]] = []
        for name, value in self.fields.items():
            related = self.model._meta.get_field(name).related_model
            if related is not None and value:
                keys = value if isinstance(value[0], list) else [value]
                named += [(related, tuple(key)) for key in keys]
        return named


def digest_of(values: Any) -> str:
    """SHA-256 of values as canonical JSON, in hexadecimal."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def read_fixtures(folder: Path) -> list[FixtureRecord]:
    """All records of all files, in loading order. Raises FixtureError."""
    records = [record for name in FILES for record in _read_file(folder / name)]
    seen: dict[tuple[type, tuple[str | None, ...]], FixtureRecord] = {}
    for record in records:
        first = seen.setdefault((record.model, record.key), record)
        if first is not record:
            raise FixtureError(f"{record} stands twice: it is also {first.file}, record {first.number}.")
    return records


def _read_file(path: Path) -> list[FixtureRecord]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FixtureError(f"{path.name} cannot be read: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise FixtureError(f"{path.name} is not YAML: {error}") from error
    if not isinstance(entries, list):
        raise FixtureError(f"{path.name} must be a list of records.")
    return [_record(path.name, number, entry) for number, entry in enumerate(entries, 1)]


def _record(file: str, number: int, entry: Any) -> FixtureRecord:
    where = f"{file}, record {number}"
    if not (isinstance(entry, dict) and isinstance(entry.get("fields"), dict)):
        raise FixtureError(f"{where}: a record needs a model and fields.")
    try:
        model = apps.get_model(str(entry.get("model")))
    except (LookupError, ValueError) as error:
        raise FixtureError(f"{where}: there is no model “{entry.get('model')}”.") from error
    if not issubclass(model, NaturalKeyModel):
        raise FixtureError(f"{where}: “{entry['model']}” cannot be loaded from a fixture.")
    known = {field.name for field in model._meta.get_fields()}
    if unknown := sorted(set(entry["fields"]) - known):
        raise FixtureError(f"{where}: {model._meta.verbose_name} has no “{unknown[0]}”.")
    return FixtureRecord(file, number, model, entry["fields"])


def _written(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return None if value is None else str(value)
