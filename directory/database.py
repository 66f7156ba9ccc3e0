"""Database features beyond the ORM: planner statistics, and a lock between processes."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number that no other lock uses; the loader takes the same lock for its transaction.
ADVISORY_LOCK = 20_131_122


def analyze() -> None:
    """Update PostgreSQL's planner statistics after a bulk insert: without them a page can take minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def locked_against_other_processes() -> Iterator[None]:
    """Wait until no other process is inside this context on the same database."""
    if connection.vendor != "postgresql":
        with _folder_locked(Path(connection.settings_dict["NAME"]).parent):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def lock_for_this_transaction() -> None:
    """Wait for that lock and hold it until the transaction ends; a transaction on SQLite is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


@contextmanager
def _folder_locked(folder: Path) -> Iterator[None]:
    # SQLite has no lock that outlives a transaction; the folder of its file has.
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
