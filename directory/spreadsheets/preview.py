"""What a file would do, row by row; and doing it, all or nothing."""

import json
import logging
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import CheckConstraint, Q, UniqueConstraint
from import_export.results import RowResult
from tablib import Dataset

from directory.models import ContentVersion
from directory.search import refreshed_once
from directory.spreadsheets.formats import Sheet
from directory.spreadsheets.resource import TableResource

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    NEW = "New"
    CHANGED = "Changed"
    UNCHANGED = "Unchanged"
    WRONG = "Wrong"


_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: Outcome.NEW,
    RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: Outcome.UNCHANGED,
}


@dataclass(frozen=True)
class Change:
    """A value as it was and as it would be."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Fault:
    """A cell, or several that do not agree, and why it cannot be."""

    row: int
    columns: str
    cell: str
    reason: str


@dataclass(frozen=True)
class Row:
    """One row: what becomes of it, and with which values."""

    number: int
    outcome: Outcome
    name: str
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What a file would do."""

    rows: list[Row]

    @property
    def faults(self) -> list[Fault]:
        """All that is wrong."""
        return [fault for row in self.rows for fault in row.faults]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows have each outcome; those that none has are left out."""
        outcomes = [row.outcome for row in self.rows]
        return {outcome: outcomes.count(outcome) for outcome in Outcome if outcome in outcomes}

    @property
    def can_be_done(self) -> bool:
        """Whether nothing is wrong and something would change."""
        return not self.faults and any(row.changes for row in self.rows)

    def is_agreed(self, digest: str) -> bool:
        """Whether it can be done and has the effect that somebody saw and confirmed."""
        return self.can_be_done and self.digest == digest

    @property
    def digest(self) -> str:
        """Tells this preview from one with any other effect."""
        effects = [[row.number, row.outcome, [vars(change) for change in row.changes]] for row in self.rows]
        return sha256(json.dumps(effects).encode()).hexdigest()


@transaction.atomic
def carry_out(resource: TableResource, sheet: Sheet, agreed: str = "") -> Preview:
    """Import the sheet if that does exactly what was agreed to; else nothing, and say what it would do.

    Both ways it is really done, then taken back: so a preview can promise nothing that fails afterwards.
    """
    if agreed:
        # Whoever changes content waits for the revision's row: what is compared stays so until all is saved.
        ContentVersion.objects.lock()
    dataset = Dataset(*(cells for _, cells in sheet.rows), headers=sheet.header)
    with refreshed_once():
        result = resource.import_data(dataset, rollback_on_validation_errors=True)
    for error in result.base_errors:
        raise error.error
    preview = Preview(
        [
            _row(resource, number, dict(zip(sheet.header, cells, strict=True)), outcome)
            for (number, cells), outcome in zip(sheet.rows, result.rows, strict=True)
        ]
    )
    if not preview.is_agreed(agreed):
        transaction.set_rollback(True)
    return preview


def _row(resource: TableResource, number: int, cells: dict[str, str], result: RowResult) -> Row:
    if result.import_type in _OUTCOMES:
        columns = [field.column_name for field in resource.get_import_fields()]
        pairs = zip(columns, result.diff, strict=True)
        changes = [Change(column, before, after) for column, (before, after) in pairs if before != after]
        return Row(number, _OUTCOMES[result.import_type], result.object_repr, changes)
    error = result.validation_error
    if error is None:
        logger.error("A row of an import was not taken", exc_info=result.errors[0].error)
        error = ValidationError("The database does not take this row.")
    name = " / ".join(filter(None, resource.key_of(cells)))
    return Row(number, Outcome.WRONG, name, faults=_faults(resource, number, cells, error))


def _faults(resource: TableResource, number: int, cells: dict[str, str], error: Any) -> list[Fault]:
    by_name = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    order = [*resource.get_import_order(), NON_FIELD_ERRORS]
    faults = []
    for name in sorted(by_name, key=lambda name: order.index(name) if name in order else len(order)):
        for reason in by_name[name]:
            fields = [name] if name != NON_FIELD_ERRORS else _fields_of(resource, reason)
            columns = [resource.fields[f].column_name for f in fields if f in resource.fields]
            said = [cells.get(column, "(the file has no such column)") for column in columns]
            faults.append(Fault(number, ", ".join(columns) or "The whole row", ", ".join(said), reason))
    return faults


def _fields_of(resource: TableResource, reason: str) -> list[str]:
    """The fields that a rule about several of them speaks of."""
    for constraint in resource.model._meta.constraints:
        if isinstance(constraint, CheckConstraint) and constraint.violation_error_message == reason:
            named = cast("Q", constraint.condition).referenced_base_fields
            return [name for name in resource.fields if name in named]
        if isinstance(constraint, UniqueConstraint):
            message = resource.model().unique_error_message(resource.model, constraint.fields)
            if message.messages == [reason]:
                return list(constraint.fields)
    return []
