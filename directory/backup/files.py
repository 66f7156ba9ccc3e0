"""Writing a backup to a file, and filling a database from one: all of it or nothing."""

import json
import os
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from directory import search
from directory.backup.rows import APPS, SHORT_LIVED, backed_up_models, row_from, rows_of
from directory.database import analyze

MANIFEST = "manifest.json"
# The same for all members, so that the same content makes the same bytes.
TIMESTAMP = (1980, 1, 1, 0, 0, 0)
CHUNK = 2_000


class BackupError(Exception):
    """Why a backup could not be written, read or restored, in a sentence."""


def write_backup(path: Path) -> dict[str, int]:
    """Write all rows to a file, read it back, and only then give it its name; the number of rows by table.

    Raises BackupError.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with transaction.atomic(), zipfile.ZipFile(unfinished, "w") as archive:
            _see_one_moment()
            tables = {}
            for model in backed_up_models():
                lines = list(rows_of(model))
                tables[model._meta.label_lower] = _described(lines)
                _add(archive, f"{model._meta.label_lower}.jsonl", b"".join(lines))
            manifest = {"migrations": _migrations(), "tables": tables}
            _add(archive, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
        counts = {label: len(lines) for label, lines in _read_backup(unfinished).items()}
        _see_it_through(unfinished)
        unfinished.replace(path)
    except DatabaseError as error:
        raise BackupError(f"The database could not be read: {error}") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore_backup(path: Path, *, replace: bool) -> dict[str, int]:
    """Fill the database from a file; the number of rows by table.

    Raises BackupError, and leaves the database as it was, if the file is damaged, of other migrations, or if
    there is content already and `replace` is not given.
    """
    tables = _read_backup(path)
    models = {model._meta.label_lower: model for model in backed_up_models()}
    if set(tables) != set(models):
        raise BackupError(f"{path} holds other tables than this version of the site has.")
    if not replace and any(model._base_manager.exists() for model in models.values()):
        raise BackupError("The database is not empty. Say --replace to put the backup in its place.")
    try:
        with transaction.atomic():
            for model in (*SHORT_LIVED, *models.values()):
                model._base_manager.all()._raw_delete(connection.alias)
            for label, lines in tables.items():
                _fill(models[label], lines)
            _count_on(list(models.values()))
            search.rebuild()
            analyze()
    except (DatabaseError, ObjectDoesNotExist, ValidationError, ValueError, KeyError) as error:
        raise BackupError(f"{path} could not be restored, and nothing was changed: {error}") from error
    return {label: len(lines) for label, lines in tables.items()}


def _see_it_through(path: Path) -> None:
    """Wait until the file is on the disk, and not only on its way."""
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _fill(model: type[Model], lines: list[bytes]) -> None:
    for start in range(0, len(lines), CHUNK):
        model._base_manager.bulk_create(row_from(model, line) for line in lines[start : start + CHUNK])
    if model._base_manager.count() != len(lines):
        raise ValueError(f"{model._meta.label_lower} has other rows than the backup")


def _count_on(models: list[type[Model]]) -> None:
    """Have new rows numbered after those that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _see_one_moment() -> None:
    """Read everything as it was at one moment; a transaction on SQLite does anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _read_backup(path: Path) -> dict[str, list[bytes]]:
    """The lines of each table, after every checksum was compared. Raises BackupError."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            tables = {
                label: archive.read(f"{label}.jsonl").splitlines(keepends=True)
                for label in manifest["tables"]
            }
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError) as error:
        raise BackupError(f"{path} is not a complete backup of this site: {error}") from error
    for label, lines in tables.items():
        if _described(lines) != manifest["tables"][label]:
            raise BackupError(f"{path} is damaged: {label} is not what was written.")
    if manifest["migrations"] != _migrations():
        raise BackupError(f"{path} was written by another version of the site: bring both to one version.")
    return tables


def _described(lines: list[bytes]) -> dict[str, Any]:
    return {"rows": len(lines), "sha256": sha256(b"".join(lines)).hexdigest()}


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in APPS)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, TIMESTAMP)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)
