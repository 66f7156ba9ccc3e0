"""Read and write CSV and XLSX files in which no cell is ever run as a formula."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from directory.spreadsheets import csv_file, xlsx_file
from directory.spreadsheets.file_error import FileError

MAX_MEGABYTES = 5
MAX_ROWS = 2_000
CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {CSV: "text/csv; charset=utf-8", XLSX: xlsx_file.CONTENT_TYPE}

EMPTY = "The file is empty. It needs a header row with the names of the columns, and rows below it."

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """The header and the rows of a file, each row with its number; every cell is text."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(data: bytes) -> Sheet:
    """Return the first sheet of a file. Raise FileError."""
    if len(data) > MAX_MEGABYTES * 1024 * 1024:
        raise FileError(
            f"The file is larger than {MAX_MEGABYTES} MB. Split it into several files, and upload each."
        )
    if data.startswith(_OLE):
        raise FileError(
            "This is an old .xls workbook, or one with a password. Save it as .xlsx without a password."
        )
    read = xlsx_file.read if data.startswith(_ZIP) else csv_file.read
    numbered = enumerate(read(data), 1)
    header: list[str] = []
    for _, cells in numbered:
        if any(cell.strip() for cell in cells):
            header = _without_trailing_blanks(cells)
            break
    if not header:
        raise FileError(EMPTY)
    rows = [(number, _fit(cells, header, number)) for number, cells in _rows_with_content(numbered)]
    if not rows:
        raise FileError("The file has no rows below the header. Add at least one.")
    return Sheet(header, rows)


def write(header: list[str], rows: Iterable[Iterable[Any]], format_name: str) -> bytes:
    """Return the rows as a file. Raise FileError if the format cannot hold them."""
    return (xlsx_file.write if format_name == XLSX else csv_file.write)(chain([header], rows))


def as_text(value: Any) -> str:
    """Return the value as the text of a cell; a date as 2024-02-14."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _rows_with_content(numbered: Iterable[tuple[int, list[str]]]) -> Iterable[tuple[int, list[str]]]:
    found = 0
    for number, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        found += 1
        if found > MAX_ROWS:
            raise FileError(
                f"The file has more than {MAX_ROWS:,} rows. Split it into several files, and upload each."
            )
        yield number, cells


def _without_trailing_blanks(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _fit(cells: list[str], header: list[str], number: int) -> list[str]:
    used = len(_without_trailing_blanks(cells))
    if used > len(header):
        raise FileError(
            f"Row {number} has {used} cells, but only {len(header)} columns have a name. "
            "Put quotation marks around any text that contains a comma, or name the other columns."
        )
    return (cells + [""] * len(header))[: len(header)]
