"""XLSX files without formulas.

Text is written as text, whatever it begins with. A formula is read as its text, never as its result.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from directory.spreadsheets.file_error import FileError

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_MEGABYTES_UNPACKED = 100
MAX_COLUMNS = 200
MAX_LINES = 20_000  # empty ones too
MAX_TEXT_LENGTH = 32_767  # Excel's own limit

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(data: bytes) -> Iterator[list[str]]:
    """Return the rows of the first sheet. Raise FileError."""
    try:
        _check_unpacked_size(data)
        sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
        sheet.reset_dimensions()  # a file may declare any
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
            if number > MAX_LINES:
                raise FileError(f"The first sheet has rows below row {MAX_LINES:,}. Delete those rows.")
            yield [_text(value) for value in row]
    except FileError:
        raise
    except Exception as error:  # openpyxl raises anything on a broken file
        raise FileError(
            "This XLSX file is damaged. Open it in a spreadsheet, save it as XLSX again and upload that."
        ) from error


def write(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return one sheet whose first row is the header. Raise FileError if a text is too long for a cell."""
    # openpyxl cannot stop halfway, so whatever may be refused comes first.
    ready = [[_escaped(value) for value in row] for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for column in range(1, len(ready[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    for number, values in enumerate(ready, 1):
        sheet.append([_cell(sheet, value, bold=number == 1) for value in values])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _escaped(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(text) > MAX_TEXT_LENGTH:
        raise FileError(
            f"The text that begins “{value[:40]}…” is too long for a cell of XLSX. Export CSV instead."
        )
    return text


def _cell(sheet: Any, value: Any, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"  # so that it stays text when somebody edits it
    if bold:
        cell.font = Font(bold=True)
    return cell


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return str(getattr(value, "text", value))  # an array formula is an object


def _check_unpacked_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MAX_MEGABYTES_UNPACKED * 1024 * 1024:
        raise FileError(
            f"Unpacked, the file is larger than {MAX_MEGABYTES_UNPACKED} MB. Split it into several files."
        )
