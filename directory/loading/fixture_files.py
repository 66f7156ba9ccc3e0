"""Reading the fixtures: from YAML files to records that know where they were written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

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

    def many_to_many(self) -> set[str]:
        """The fields that name any number of records."""
        return {model_field.name for model_field in self.model._meta.many_to_many}

    def named(self) -> Iterator[tuple[str, type[NaturalKeyModel], list[tuple[str | None, ...]]]]:
        """The records that this one names: by which field, their model, and their natural keys."""
        for name, value in self.fields.items():
            related = self.model._meta.get_field(name).related_model
            if related is not None and value:
                keys = value if name in self.many_to_many() else [value]
                yield name, cast("type[NaturalKeyModel]", related), [tuple(key) for key in keys]


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
    if not issubclass(model, NaturalKeyModel):
        raise FixtureError(f"{where}: “{entry['model']}” cannot be loaded from a fixture.")
    _check_fields(where, model, entry["fields"])
    return FixtureRecord(file, number, model, entry["fields"])


def _check_fields(where: str, model: type[NaturalKeyModel], fields: dict[str, Any]) -> None:
    """Refuse fields that the model has not, and records that are not named by a list: `city: [belfast]`."""
    single = {model_field.name: model_field for model_field in model._meta.fields}
    many = {model_field.name for model_field in model._meta.many_to_many}
    for name, value in fields.items():
        if name not in single and name not in many:
            raise FixtureError(f"{where}: {model._meta.verbose_name} has no “{name}”.")
        keys = value if name in many else [value]
        names_records = name in many or (single[name].related_model is not None and value is not None)
        if names_records and not (isinstance(keys, list) and all(isinstance(key, list) for key in keys)):
            raise FixtureError(f"{where}: {name} must name its records in brackets, as in [a-slug].")


def _written(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return None if value is None else str(value)
