"""CSV that a spreadsheet takes for data.

A spreadsheet runs a text that begins with one of a few characters as a formula, quoted or not. Such a text
is written with an apostrophe before it, and so is one that begins with apostrophes before such a character:
reading takes exactly one away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from directory.spreadsheets.file_error import FileError

# The full-width forms count in some languages' spreadsheets.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DELIMITERS = ",;\t"

# A cell may be as long as a text may be; the library's own limit is 128 KB.
csv.field_size_limit(8 * 1024 * 1024)


def read(data: bytes) -> Iterator[list[str]]:
    """The rows, however the spreadsheet separated their cells. Raises FileError."""
    text = _decoded(data)
    first_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for number, cells in enumerate(lines, 2):  # noqa: B007 – the number of the row after this one
            yield [_plain(cell) for cell in cells]
    except csv.Error as error:
        raise FileError(
            f"Row {number} cannot be read: a quotation mark is not closed, or stands alone in a text. "
            "Save the table as CSV from a spreadsheet, which sets them right."
        ) from error


def write(rows: Iterable[Iterable[Any]]) -> bytes:
    """The rows in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_safe(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(value: Any) -> Any:
    """The value; a text as one that no spreadsheet runs. Numbers stay numbers, negative ones too."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:1024]:
            raise FileError("This is neither CSV nor XLSX. Save the table as one of the two.") from error
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"Line {line} is not in UTF-8, so its letters cannot be told. "
            "Save the table as “CSV UTF-8”, or as XLSX."
        ) from error
    if "\0" in text:
        raise FileError("This is neither CSV nor XLSX. Save the table as one of the two.")
    return text
