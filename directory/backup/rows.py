"""What a backup holds, and how a row is written so that every database reads it the same."""

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
# Gone when a backup is restored: an upload waits for hours, and a session is somebody's who signs in again.
SHORT_LIVED: tuple[type[Model], ...] = (Upload, Session)
# Permissions come from the migrations, the version is the database's own, search entries are rebuilt.
LEFT_OUT = (Permission, ContentVersion, SearchEntry, *SHORT_LIVED)
# These have other numbers in every database: they are written by name.
BY_NAME = (ContentType, Permission)


class _Encoder(DjangoJSONEncoder):
    """Django's own, but for the microseconds that it drops."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def backed_up_models() -> list[type[Model]]:
    """Every model whose rows are kept, those of many-to-many relations too."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model not in LEFT_OUT
    ]


def rows_of(model: type[Model]) -> Iterator[bytes]:
    """Each row as a line of JSON, in the order of the primary keys."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=2_000):
        written = {field.attname: _write(field, getattr(row, field.attname)) for field in fields}
        yield json.dumps(written, cls=_Encoder, ensure_ascii=False).encode() + b"\n"


def row_from(model: type[Model], line: bytes) -> Model:
    """The row that a line says. Raises ValueError, KeyError or ValidationError if it says none."""
    written = json.loads(line)
    return model(
        **{field.attname: _read(field, written[field.attname]) for field in model._meta.concrete_fields}
    )


def _write(field: Field, value: Any) -> Any:
    return _name(field.related_model, value) if _is_by_name(field) and value is not None else value


def _read(field: Field, value: Any) -> Any:
    if _is_by_name(field) and value is not None:
        return _number(field.related_model, tuple(value))
    return field.to_python(value)


def _is_by_name(field: Field) -> bool:
    return field.related_model in BY_NAME


def _name(model: Any, number: int) -> tuple[str, ...]:
    return model._base_manager.get(pk=number).natural_key()


def _number(model: Any, name: tuple[str, ...]) -> int:
    return model._default_manager.get_by_natural_key(*name).pk
