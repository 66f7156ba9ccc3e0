"""Reading the fixtures: from YAML files to records with the place that errors name."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import yaml
from django.apps import apps

from directory.models import CONTENT
from directory.models.natural_key import NaturalKeyModel

# A test compares them with CONTENT, which has the order in which their records are loaded.
FILES = (
    "cities.yaml",
    "city_priorities.yaml",
    "city_sections.yaml",
    "guides.yaml",
    "key_facts.yaml",
    "memberships.yaml",
    "networks.yaml",
    "news.yaml",
    "partners.yaml",
    "partnerships.yaml",
    "priorities.yaml",
    "sources.yaml",
)

Key = tuple[str | None, ...]


class FixtureError(Exception):
    """A fixture is not valid; the message names the file, the record and the reason."""


@dataclass(frozen=True)
class FixtureRecord:
    """One record of a fixture file."""

    file: str
    number: int
    model: type[NaturalKeyModel]
    fields: dict[str, Any]

    def __str__(self) -> str:
        key = " / ".join(filter(None, self.key))
        return f"{self.file}, record {self.number} ({self.model._meta.verbose_name} “{key}”)"

    @cached_property
    def key(self) -> Key:
        """The natural key, as in the fixture."""
        return tuple(
            _written(self.fields.get(lookup.split("__")[0])) for lookup in self.model.natural_key_lookups
        )

    @cached_property
    def digest(self) -> str:
        """A digest of all fields in the fixture."""
        return digest_of(self.fields)

    def many_to_many(self) -> set[str]:
        """Return the names of the model's many-to-many fields."""
        return {model_field.name for model_field in self.model._meta.many_to_many}

    def named(self) -> Iterator[tuple[str, type[NaturalKeyModel], list[Key]]]:
        """Yield each field that names other records, with their model and their natural keys."""
        for name, value in self.fields.items():
            related = self.model._meta.get_field(name).related_model
            if related is not None and value:
                keys = value if name in self.many_to_many() else [value]
                yield name, cast("type[NaturalKeyModel]", related), [tuple(key) for key in keys]


def digest_of(values: Any) -> str:
    """Return the SHA-256 of values as canonical JSON, in hexadecimal."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def read_fixtures(folder: Path) -> list[FixtureRecord]:
    """Return the records of all files in the order of CONTENT. Raise FixtureError if one is not valid."""
    records = [record for name in FILES for record in _read_file(folder / name)]
    seen: dict[tuple[type, Key], FixtureRecord] = {}
    for record in records:
        first = seen.setdefault((record.model, record.key), record)
        if first is not record:
            raise FixtureError(f"{record} is there twice: it is also {first.file}, record {first.number}.")
    return sorted(records, key=lambda record: CONTENT.index(record.model))


def _read_file(path: Path) -> list[FixtureRecord]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FixtureError(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FixtureError(f"{path.name} is not UTF-8: {error.reason} at byte {error.start}.") from error
    except yaml.YAMLError as error:
        raise FixtureError(f"{path.name} is not YAML: {error}") from error
    if not isinstance(entries, list):
        raise FixtureError(f"{path.name} must be a list of records.")
    return [_record(path.name, number, entry) for number, entry in enumerate(entries, 1)]


def _record(file: str, number: int, entry: Any) -> FixtureRecord:
    where = f"{file}, record {number}"
    if not (
        isinstance(entry, dict) and set(entry) == {"model", "fields"} and isinstance(entry["fields"], dict)
    ):
        raise FixtureError(f"{where}: a record needs a model and fields, and has nothing else.")
    try:
        model = apps.get_model(str(entry["model"]))
    except (LookupError, ValueError) as error:
        raise FixtureError(f"{where}: there is no model “{entry['model']}”.") from error
    if model not in CONTENT:
        raise FixtureError(f"{where}: “{entry['model']}” cannot be loaded from a fixture.")
    _check_fields(where, model, entry["fields"])
    return FixtureRecord(file, number, model, entry["fields"])


def _check_fields(where: str, model: type[NaturalKeyModel], fields: dict[str, Any]) -> None:
    """Raise FixtureError for unknown fields, and for other records not named in a list: `city: [belfast]`."""
    known = {one.name: one for one in (*model._meta.fields, *model._meta.many_to_many)}
    for name, value in fields.items():
        if name not in known:
            raise FixtureError(f"{where}: {model._meta.verbose_name} has no “{name}”.")
        keys = value if known[name].many_to_many else [value]
        is_list = isinstance(keys, list) and all(isinstance(key, list) for key in keys)
        if known[name].is_relation and value is not None and not is_list:
            raise FixtureError(f"{where}: {name} must name its records in brackets, as in [a-slug].")


def _written(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return None if value is None else str(value)
