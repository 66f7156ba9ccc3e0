"""What an import of a sheet does, row by row."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256

from directory.spreadsheets.row_form import CellChange


class RowStatus(StrEnum):
    NEW = "New"
    CHANGED = "Changed"
    UNCHANGED = "Unchanged"
    INVALID = "Invalid"


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be imported: the columns concerned, the text of their cells, and the reason."""

    row: int
    columns: str
    cell: str
    reason: str


@dataclass(frozen=True)
class PreviewRow:
    """One row, by its number in the file."""

    number: int
    status: RowStatus
    name: str
    changes: list[CellChange] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """All rows of a sheet."""

    rows: list[PreviewRow]

    @property
    def errors(self) -> list[RowError]:
        """Return the errors of all rows."""
        return [error for row in self.rows for error in row.errors]

    @property
    def summary(self) -> str:
        """Return how many rows have each status, as in “2 new, 1 changed”."""
        counts = Counter(row.status for row in self.rows)
        return ", ".join(f"{counts[status]} {status.lower()}" for status in RowStatus if counts[status])

    @property
    def can_be_imported(self) -> bool:
        """Return whether there is no error and something changes."""
        return not self.errors and any(row.changes for row in self.rows)

    @property
    def digest(self) -> str:
        """Return a hash that differs from that of every preview with other changes."""
        changes = [[row.number, row.status, [asdict(one) for one in row.changes]] for row in self.rows]
        return sha256(json.dumps(changes).encode()).hexdigest()

    def is_confirmed_by(self, digest: str) -> bool:
        """Return whether it can be imported and is the preview with this digest."""
        return self.can_be_imported and self.digest == digest
