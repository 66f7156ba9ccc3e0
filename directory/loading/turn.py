"""Taking turns: of all processes that prepare one database, one works at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

LOCK = 20_131_122  # any number that nothing else locks with; loading takes it too


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other process is within."""
    if connection.vendor != "postgresql":
        with _folder_locked(Path(connection.settings_dict["NAME"]).parent):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _folder_locked(folder: Path) -> Iterator[None]:
    """SQLite has no lock that outlasts a transaction; the folder of its file has."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
