"""The tables of a backup, and their rows as JSON, the same on every database."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model

from directory.models import ContentVersion, SearchEntry, Upload

APPS = ("auth", "account", "mfa", "admin", "directory")
# Deleted when a backup is restored: an upload is kept for hours only, and people sign in again.
SHORT_LIVED: tuple[type[Model], ...] = (Upload, Session)
# Migrations create permissions, the version is the database's own, and search entries are rebuilt.
EXCLUDED = (Permission, ContentVersion, SearchEntry, *SHORT_LIVED)
# Their primary keys differ between databases: they are written by natural key.
BY_NATURAL_KEY = (ContentType, Permission)


class _Encoder(DjangoJSONEncoder):
    """Django's encoder, without dropping microseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def backed_up_models() -> list[type[Model]]:
    """Return every model in a backup, those of many-to-many relations included."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model not in EXCLUDED
    ]


def rows_of(model: type[Model]) -> Iterator[bytes]:
    """Yield each row as a line of JSON, in the order of the primary keys."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=2_000):
        written = {field.attname: _write(field, getattr(row, field.attname)) for field in fields}
        yield json.dumps(written, cls=_Encoder, ensure_ascii=False).encode() + b"\n"


def row_from(model: type[Model], line: bytes) -> Model:
    """Return the row of a line. Raise ValueError, KeyError or ValidationError if it is not one."""
    written = json.loads(line)
    return model(
        **{field.attname: _read(field, written[field.attname]) for field in model._meta.concrete_fields}
    )


def _write(field: Field, value: Any) -> Any:
    return (
        _natural_key(field.related_model, value) if _is_by_natural_key(field) and value is not None else value
    )


def _read(field: Field, value: Any) -> Any:
    if _is_by_natural_key(field) and value is not None:
        return _pk(field.related_model, tuple(value))
    return field.to_python(value)


def _is_by_natural_key(field: Field) -> bool:
    return field.related_model in BY_NATURAL_KEY


def _natural_key(model: Any, pk: int) -> tuple[str, ...]:
    return model._base_manager.get(pk=pk).natural_key()


def _pk(model: Any, key: tuple[str, ...]) -> int:
    return model._default_manager.get_by_natural_key(*key).pk
