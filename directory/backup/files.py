"""Writing a backup to a file, and restoring it, all or nothing."""

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
    """A backup could not be written, read or restored; the message tells why."""


def write_backup(path: Path) -> dict[str, int]:
    """Write all rows to a file, and rename it once it was read back; return the number of rows by table.

    Raise BackupError if that fails.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with transaction.atomic(), zipfile.ZipFile(unfinished, "w") as archive:
            _read_one_snapshot()
            tables = {}
            for model in backed_up_models():
                lines = list(rows_of(model))
                tables[model._meta.label_lower] = _checksum(lines)
                _add_member(archive, f"{model._meta.label_lower}.jsonl", b"".join(lines))
            manifest = {"migrations": _migrations(), "tables": tables}
            _add_member(archive, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
        counts = {label: len(lines) for label, lines in _read_backup(unfinished).items()}
        _flush_to_disk(unfinished)
        unfinished.replace(path)
    except DatabaseError as error:
        raise BackupError(f"The database could not be read: {error}") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore_backup(path: Path, *, replace: bool) -> dict[str, int]:
    """Fill the database from a file; return the number of rows by table.

    Raise BackupError, and change nothing, if the file is damaged or was written with other migrations, or if
    there is content already and `replace` is False.
    """
    tables = _read_backup(path)
    models = {model._meta.label_lower: model for model in backed_up_models()}
    if set(tables) != set(models):
        raise BackupError(
            f"{path} has different tables from this version of the site. Use the version that wrote it."
        )
    if not replace and any(model._base_manager.exists() for model in models.values()):
        raise BackupError(
            "The database is not empty. To replace everything in it with the backup, add --replace."
        )
    try:
        with transaction.atomic():
            for model in (*SHORT_LIVED, *models.values()):
                _delete_rows(model)
            for label, lines in tables.items():
                _fill(models[label], lines)
            _reset_sequences(list(models.values()))
            search.rebuild()
            analyze()
    except (DatabaseError, ObjectDoesNotExist, ValidationError, ValueError, KeyError) as error:
        raise BackupError(f"{path} could not be restored, and nothing was changed: {error}") from error
    return {label: len(lines) for label, lines in tables.items()}


def _flush_to_disk(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _delete_rows(model: type[Model]) -> None:
    # `QuerySet.delete` would load every row, send signals, and so write history.
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _fill(model: type[Model], lines: list[bytes]) -> None:
    for start in range(0, len(lines), CHUNK):
        model._base_manager.bulk_create(row_from(model, line) for line in lines[start : start + CHUNK])
    if model._base_manager.count() != len(lines):
        raise ValueError(f"{model._meta.label_lower} has other rows than the backup")


def _reset_sequences(models: list[type[Model]]) -> None:
    """Continue the numbering of new rows after those that were restored."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _read_one_snapshot() -> None:
    """Read all tables as of one moment; on SQLite a transaction does so anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _read_backup(path: Path) -> dict[str, list[bytes]]:
    """Return the lines of each table. Raise BackupError if the file is not a whole backup of this version."""
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
        if _checksum(lines) != manifest["tables"][label]:
            raise BackupError(
                f"{path} is damaged: {label} has changed since it was written. Use another backup."
            )
    if manifest["migrations"] != _migrations():
        raise BackupError(f"{path} was written by another version of the site. Restore it with that version.")
    return tables


def _checksum(lines: list[bytes]) -> dict[str, Any]:
    return {"rows": len(lines), "sha256": sha256(b"".join(lines)).hexdigest()}


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in APPS)


def _add_member(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, TIMESTAMP)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)
