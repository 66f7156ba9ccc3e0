"""Import a sheet in one transaction: all of its rows, or none."""

import logging
from collections.abc import Sequence
from typing import cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import CheckConstraint, Q

from directory.models import ContentVersion
from directory.search import refreshed_once
from directory.spreadsheets.formats import Sheet
from directory.spreadsheets.preview import Preview, PreviewRow, RowError, RowStatus
from directory.spreadsheets.row_form import RowForm
from directory.spreadsheets.spreadsheet import Key, Spreadsheet

MAX_REASON_LENGTH = 100
ABSENT = "(the file has no such column)"
REFUSED_BY_DATABASE = "The database refused this row. Ask whoever runs the site: the log gives the reason."

logger = logging.getLogger(__name__)


@transaction.atomic
def import_sheet(spreadsheet: Spreadsheet, sheet: Sheet, file_name: str, confirmed: str = "") -> Preview:
    """Import the sheet if `confirmed` is the digest of its preview; otherwise only return the preview.

    A preview is an import that is rolled back, so what it shows is what an import does.
    Raise FileError if the sheet has other columns.
    """
    if confirmed:
        # Nothing may change between the comparison with the preview and the commit.
        ContentVersion.objects.lock()
    with refreshed_once():
        preview = Preview(SheetImport(spreadsheet, sheet, file_name).import_rows())
    if not preview.is_confirmed_by(confirmed):
        transaction.set_rollback(True)
    return preview


class SheetImport:
    """The import of one sheet, row after row; invalid rows are reported, not raised."""

    def __init__(self, spreadsheet: Spreadsheet, sheet: Sheet, file_name: str) -> None:
        self.spreadsheet = spreadsheet
        names = spreadsheet.field_names(sheet.header)
        self.rows = {number: dict(zip(names, cells, strict=True)) for number, cells in sheet.rows}
        self.records = spreadsheet.load(list(self.rows.values()))
        self.first_rows: dict[Key, int] = {}
        self.reason = f"Imported from {file_name}"[:MAX_REASON_LENGTH]

    def import_rows(self) -> list[PreviewRow]:
        """Save the records of all valid rows."""
        return [self._import_row(number, row) for number, row in self.rows.items()]

    def _import_row(self, number: int, row: dict[str, str]) -> PreviewRow:
        try:
            self._refuse_a_second_row(number, row)
            form = self._save(row)
        except ValidationError as error:
            name = " / ".join(filter(None, self.spreadsheet.key_of(row)))
            return PreviewRow(number, RowStatus.INVALID, name, errors=self._errors(number, row, error))
        changes = form.changes()
        status = RowStatus.NEW if form.is_new else RowStatus.CHANGED if changes else RowStatus.UNCHANGED
        return PreviewRow(number, status, str(form.instance), changes)

    def _refuse_a_second_row(self, number: int, row: dict[str, str]) -> None:
        key = self.spreadsheet.key_of(row)
        first = self.first_rows.setdefault(key, number)
        if first != number and any(key):
            noun = self.spreadsheet.model._meta.verbose_name
            reason = f"Row {first} is about the same {noun}. Keep one of the two."
            raise ValidationError({self.spreadsheet.key_fields[0]: reason})

    def _save(self, row: dict[str, str]) -> RowForm:
        record = self.records.get(self.spreadsheet.key_of(row)) or self.spreadsheet.model()
        form = self.spreadsheet.row_form(row, record)
        if not form.is_new and not form.has_changed():
            return form
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        if form.changes():
            self._write(form)
        return form

    def _write(self, form: RowForm) -> None:
        form.instance._change_reason = self.reason
        try:
            with transaction.atomic():
                form.save()
        except DatabaseError as error:
            logger.exception("The database refused a row of an import")
            raise ValidationError({NON_FIELD_ERRORS: REFUSED_BY_DATABASE}) from error

    def _errors(self, number: int, row: dict[str, str], errors: ValidationError) -> list[RowError]:
        cells = self.spreadsheet.cells
        found = []
        for name in [*cells, NON_FIELD_ERRORS]:
            for error in errors.error_dict.get(name, []):
                fields = self._constrained_fields(error) if name == NON_FIELD_ERRORS else [name]
                columns = ", ".join(str(cells[field].label) for field in fields) or "The whole row"
                texts = ", ".join(row.get(field, ABSENT) for field in fields)
                found.append(RowError(number, columns, texts, error.messages[0]))
        return found

    def _constrained_fields(self, error: ValidationError) -> Sequence[str]:
        """Return the fields of the constraint that the error is about; none for any other error."""
        if error.params and "unique_check" in error.params:
            return error.params["unique_check"]
        for constraint in self.spreadsheet.model._meta.constraints:
            if (
                isinstance(constraint, CheckConstraint)
                and constraint.violation_error_message == error.message
            ):
                referenced = cast("Q", constraint.condition).referenced_base_fields
                return [name for name in self.spreadsheet.cells if name in referenced]
        return []
