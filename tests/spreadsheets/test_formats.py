import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from directory.spreadsheets import formats
from directory.spreadsheets.file_error import FileError
from directory.spreadsheets.formats import CSV, XLSX, read_sheet, write

HEADER = ["Name", "Note"]
FORMULAS = ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x", "＝1", "- a list item"]
# All that a database can hold: no half of a pair, and no NUL, which PostgreSQL refuses.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
tables = st.lists(
    st.tuples(st.just("x"), st.one_of(texts, st.sampled_from(FORMULAS))), min_size=1, max_size=5
)


def cells_of(data):
    return [cells for _, cells in read_sheet(data).rows]


def raw_csv(data):
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("format_name", [CSV, XLSX])
class TestEitherFormat:
    @settings(deadline=None)
    @given(rows=tables)
    @example(rows=[("x", text) for text in FORMULAS])
    @example(rows=[("x", "_x000D_"), ("x", "a_x005F_b"), ("x", "\ufffe\x0b\x1f"), ("x", 'a "b",\r\n;c\td')])
    def test_gives_back_every_text_to_the_letter(self, format_name, rows):
        assert cells_of(write(HEADER, rows, format_name)) == [list(row) for row in rows]

    def test_gives_back_numbers_and_dates(self, format_name):
        row = [3, Decimal("-2.59665"), datetime.date(2024, 2, 14), ""]
        data = write(["a", "b", "c", "d"], [row], format_name)
        assert cells_of(data) == [["3", "-2.59665", "2024-02-14", ""]]

    def test_leaves_out_empty_rows_and_keeps_the_numbers_of_the_others(self, format_name):
        data = write(HEADER, [("a", ""), ("", " "), ("b", "")], format_name)
        assert [number for number, _ in read_sheet(data).rows] == [2, 4]

    def test_refuses_too_many_rows(self, format_name, monkeypatch):
        monkeypatch.setattr(formats, "MAX_ROWS", 2)
        with pytest.raises(FileError, match="more than 2 rows"):
            read_sheet(write(HEADER, [("a", "b")] * 3, format_name))

    def test_refuses_a_header_alone_and_a_file_without_one(self, format_name):
        with pytest.raises(FileError, match="no rows below"):
            read_sheet(write(HEADER, [], format_name))
        with pytest.raises(FileError, match="is empty"):
            read_sheet(write([""], [], format_name))

    def test_refuses_more_cells_than_columns_and_names_the_row(self, format_name):
        with pytest.raises(FileError, match="Row 3 has 3 cells, but only 2 columns have a name"):
            read_sheet(write(HEADER, [("a", "b"), ("a", "b", "c")], format_name))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_begins_like_a_formula(text):
    (_, _, cell) = raw_csv(write(["x"], [[text]], CSV)).partition("\r\n")
    assert cell.lstrip('"')[0] == "'"


def test_a_negative_number_in_a_csv_stays_a_number():
    assert raw_csv(write(["x"], [[Decimal("-2.59665")]], CSV)) == "x\r\n-2.59665\r\n"


def test_an_apostrophe_that_protects_nothing_stays():
    assert cells_of(b"Name,Note\r\n'tis,'s-Hertogenbosch\r\n") == [["'tis", "'s-Hertogenbosch"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_may_separate_its_cells_as_the_spreadsheet_does(delimiter):
    assert cells_of(f"Name{delimiter}Note\nLeeds{delimiter}Here\n".encode()) == [["Leeds", "Here"]]


def test_every_text_of_an_xlsx_is_a_text_cell():
    sheet = load_workbook(io.BytesIO(write(HEADER, [("=1+1", "-1")], XLSX))).active
    assert [(cell.data_type, cell.value, cell.number_format) for cell in sheet[2]] == [
        ("s", "=1+1", "@"),
        ("s", "-1", "@"),
    ]


def book(*rows):
    workbook, file = Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(file)
    return file.getvalue()


def test_a_formula_in_an_xlsx_is_read_as_its_text():
    array = ArrayFormula("B2", "=SUM(A1:A2)")
    assert cells_of(book(HEADER, ["=1+1", array])) == [["=1+1", "=SUM(A1:A2)"]]


def test_what_a_spreadsheet_makes_of_typed_values_is_read_as_text():
    row = [True, 5.0, 51.45523, datetime.datetime(2024, 2, 14, 9, 30), datetime.date(2024, 2, 14), None]  # noqa: DTZ001 – as in the file
    said = ["TRUE", "5", "51.45523", "2024-02-14 09:30:00", "2024-02-14", ""]
    assert cells_of(book(list("abcdef"), row)) == [said]


def zip_of(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "The file is empty"),
        (b"\r\n\r\n", "The file is empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"Name\nCaf\xe9\n", "Line 2 is not in UTF-8"),
        ("Name\nLeeds\n".encode("utf-16"), "is not CSV or XLSX"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not CSV or XLSX"),
        (b"Name\nLe\0eds\n", "is not CSV or XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls workbook"),
        (b"PK\x03\x04 and no more", "is damaged"),
        (zip_of(readme="not a workbook"), "is damaged"),
        (zip_of(bomb=b"\0" * (101 * 1024 * 1024)), "Unpacked, the file is larger than 100 MB"),
        (b'Name,Note\nLeeds,"never closed\n', "a quotation mark that is not closed"),
    ],
)
def test_a_file_that_holds_no_spreadsheet_is_refused_with_a_sentence(data, complaint):
    with pytest.raises(FileError, match=complaint):
        read_sheet(data)


def test_a_text_too_long_for_a_cell_of_an_xlsx_is_refused_not_cut():
    with pytest.raises(FileError, match="too long for a cell of XLSX"):
        write(HEADER, [("a" * 32_768, "")], XLSX)
    assert cells_of(write(HEADER, [("a" * 200_000, "")], CSV)) == [["a" * 200_000, ""]]


def test_an_xlsx_with_one_cell_far_down_is_refused():
    workbook, file = Workbook(), io.BytesIO()
    workbook.active["A1"] = "Name"
    workbook.active["A900000"] = "far"
    workbook.save(file)
    with pytest.raises(FileError, match="has rows below row 20,000"):
        read_sheet(file.getvalue())
