"""CSV files that are safe to open in a spreadsheet.

A spreadsheet runs text that begins with one of a few characters as a formula, quoted or not. Such text is
written with an apostrophe before it, and so is text with apostrophes before such a character: reading
removes exactly one again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from directory.spreadsheets.file_error import FileError

# Spreadsheets in some languages run the full-width forms too.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DELIMITERS = ",;\t"
NOT_A_SPREADSHEET = "This file is not CSV or XLSX. Save it in one of these formats and upload it again."

# A cell may hold any text that the site stores; Python's own limit is 128 KB.
csv.field_size_limit(8 * 1024 * 1024)


def read(data: bytes) -> Iterator[list[str]]:
    """Return the rows, separated by commas, semicolons or tabs. Raise FileError."""
    text = _decoded(data)
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for number, cells in enumerate(lines, 2):  # noqa: B007 – the number of the next row
            yield [_unescaped(cell) for cell in cells]
    except csv.Error as error:
        raise FileError(
            f"Row {number} has a quotation mark that is not closed, or a single one inside a text. "
            "Open the file in a spreadsheet and save it as CSV again."
        ) from error


def write(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return the rows in UTF-8, with the byte order mark that Excel needs."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_escaped(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _escaped(value: Any) -> Any:
    """Return text so that no spreadsheet runs it; numbers stay numbers, negative ones too."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:1024]:
            raise FileError(NOT_A_SPREADSHEET) from error
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"Line {line} is not in UTF-8. Save the file as “CSV UTF-8” or as XLSX, and upload it again."
        ) from error
    if "\0" in text:
        raise FileError(NOT_A_SPREADSHEET)
    return text
