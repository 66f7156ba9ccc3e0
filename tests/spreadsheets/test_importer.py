import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from directory.models import City, ContentVersion, Membership, Partner, Partnership, Priority
from directory.spreadsheets.formats import CSV, XLSX, read_sheet
from directory.spreadsheets.importer import import_sheet
from directory.spreadsheets.spreadsheet import Spreadsheet
from tests.factories import make_city, make_priority, make_source
from tests.spreadsheets.steps import (
    a_file,
    exported,
    exported_rows,
    import_file,
    preview_of,
    statuses,
)

pytestmark = pytest.mark.django_db

MODELS = [City, Priority, Partner, Partnership, Membership]


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("format_name", [CSV, XLSX])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_was_exported_comes_back_unchanged(model, format_name):
    before, states = ContentVersion.objects.tokens(), model.history.count()
    preview = preview_of(model, exported(model, format_name))
    assert set(statuses(preview)) == {"Unchanged"}
    assert len(preview.rows) == model.objects.count() > 0
    assert not preview.can_be_imported
    assert (ContentVersion.objects.tokens(), model.history.count()) == (before, states)


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_preview_of_unchanged_rows_needs_no_query_a_row(model, django_assert_max_num_queries):
    data = exported(model)
    with django_assert_max_num_queries(10):
        preview_of(model, data)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(text=texts, format_name=st.sampled_from([CSV, XLSX]))
@example(text="=cmd|' /C calc'!A0", format_name=CSV)
@example(text="\r\n- a list\r- item", format_name=XLSX)
@example(text="'@x", format_name=CSV)
def test_any_text_goes_out_and_back_without_a_change(text, format_name):
    Priority.objects.all().delete()
    make_priority(summary=text)
    assert statuses(preview_of(Priority, exported(Priority, format_name))) == ["Unchanged"]
    assert Priority.objects.get().summary == text


def test_a_new_city_needs_only_the_columns_that_have_no_default():
    source = make_source(slug="report")
    data = a_file(
        ["slug", "NAME", "Nation", "Summary", "Source"], ["leeds", "Leeds", "England", "It learns.", "report"]
    )
    preview = import_file(City, data)
    assert statuses(preview) == ["New"]
    city = City.objects.get()
    assert (city.name, city.nation, city.source, city.status) == ("Leeds", "england", source, "draft")
    assert city.history.get().history_change_reason == "Imported from file.csv"


def test_a_new_row_is_shown_with_all_its_values_defaults_too():
    header = ["Slug", "Name", "Summary", "Icon", "Order"]
    (row,) = preview_of(Priority, a_file(header, ["sums", "Sums", "Numbers.", "Book", ""])).rows
    assert [(change.column, change.before, change.after) for change in row.changes] == [
        ("Slug", "", "sums"),
        ("Name", "", "Sums"),
        ("Summary", "", "Numbers."),
        ("Icon", "", "Book"),
        ("Order", "", "0"),
    ]


def test_a_changed_city_keeps_what_is_not_in_the_file_and_is_found_by_its_new_words():
    make_city(slug="leeds", name="Leeds", initiative="Learning Leeds")
    data = a_file(["Slug", "Summary"], ["leeds", "Now with quokkas."])
    preview = import_file(City, data)
    (change,) = preview.rows[0].changes
    assert (change.column, change.before, change.after) == (
        "Summary",
        "A city that learns.",
        "Now with quokkas.",
    )
    assert City.objects.get().initiative == "Learning Leeds"
    assert [str(city) for city in City.objects.matching("quokkas")] == ["Leeds"]
    assert City.history.count() == 2


def test_a_changed_row_leaves_its_other_values_alone_to_the_letter():
    live_from = datetime(2026, 2, 14, 9, 30, 0, 123456, tzinfo=UTC)
    make_city(slug="leeds", summary=" Two\r\nlines. ", live_from=live_from)
    (row,) = exported_rows(City)
    row |= {"Name": "Leeds", "Summary": row["Summary"].replace("\r\n", "\n")}
    assert statuses(import_file(City, a_file([*row], row.values()))) == ["Changed"]
    city = City.objects.get()
    assert (city.name, city.summary, city.live_from) == ("Leeds", " Two\r\nlines. ", live_from)


def test_an_empty_cell_empties_its_value():
    make_city(slug="leeds", initiative="Learning Leeds", website="https://leeds.example/")
    import_file(City, a_file(["Slug", "Initiative's name", "Website"], ["leeds", "", " "]))
    city = City.objects.get()
    assert (city.initiative, city.website) == ("", "")


def test_a_cell_of_a_new_row_takes_precedence_over_the_default():
    make_source(slug="report")
    header = ["Slug", "Name", "Nation", "Summary", "Source", "Map label", "Review after"]
    row = ["york", "York", "England", "It learns.", "report", "left of the pin", "6"]
    import_file(City, a_file(header, row))
    city = City.objects.get()
    assert (city.label_side, city.review_months) == ("left", 6)


def test_an_empty_cell_of_a_new_row_takes_the_default():
    make_source(slug="report")
    header = ["Slug", "Name", "Nation", "Summary", "Source", "Status", "Review after"]
    import_file(City, a_file(header, ["york", "York", "England", "It learns.", "report", "", " "]))
    city = City.objects.get()
    assert (city.status, city.review_months) == ("draft", 12)


def test_a_url_without_a_scheme_is_taken_as_https():
    make_city(slug="leeds")
    import_file(City, a_file(["Slug", "Website"], ["leeds", "leeds.example"]))
    assert City.objects.get().website == "https://leeds.example"


def test_numbers_are_exported_as_numbers_negative_ones_too():
    make_city(longitude=Decimal("-1.9"), review_months=6)
    assert b",-1.90000," in exported(City, CSV)
    sheet = load_workbook(io.BytesIO(exported(City, XLSX))).active
    cells = {name.value: cell for name, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["Longitude"].data_type, cells["Longitude"].value) == ("n", -1.9)
    assert (cells["Review after"].data_type, cells["Review after"].value) == ("n", 6)


def test_a_long_file_name_is_cut_in_the_history():
    make_city(slug="leeds")
    spreadsheet, sheet = Spreadsheet(City), read_sheet(a_file(["Slug", "Summary"], ["leeds", "New."]))
    name = "x" * 200
    import_sheet(spreadsheet, sheet, name, import_sheet(spreadsheet, sheet, name).digest)
    assert City.objects.get().history.latest().history_change_reason == f"Imported from {name}"[:100]


@pytest.mark.parametrize("written", ["52.48", " 52.480 ", "52.4800001", "52.48000"])
def test_values_that_are_only_written_otherwise_need_no_query_a_row(written, django_assert_num_queries):
    for number in range(5):
        make_city(slug=f"city-{number}")
    rows = [[f"city-{number}", written, "ENGLAND"] for number in range(5)]
    data = a_file(["Slug", "Latitude", "Nation"], *rows)
    with django_assert_num_queries(6):  # the cities, and two savepoints
        assert set(statuses(preview_of(City, data))) == {"Unchanged"}


def test_a_preview_changes_nothing():
    make_city(slug="leeds")
    before = ContentVersion.objects.tokens()
    assert statuses(preview_of(City, a_file(["Slug", "Summary"], ["leeds", "New."]))) == ["Changed"]
    assert City.objects.get().summary == "A city that learns."
    assert ContentVersion.objects.tokens() == before


def test_one_invalid_row_stops_all_others():
    make_city(slug="leeds")
    data = a_file(["Slug", "Summary", "Nation"], ["leeds", "New.", "England"], ["york", "Old.", "Atlantis"])
    preview = import_file(City, data)
    assert statuses(preview) == ["Changed", "Invalid"]
    assert City.objects.get().summary == "A city that learns."


def test_only_what_the_preview_showed_is_imported():
    make_city(slug="leeds")
    data = a_file(["Slug", "Summary"], ["leeds", "From the file."])
    seen = preview_of(City, data).digest
    City.objects.update(summary="From a colleague.")
    preview = preview_of(City, data, seen)
    assert preview.rows[0].changes[0].before == "From a colleague."
    assert City.objects.get().summary == "From a colleague."


def test_a_confirmed_import_locks_the_content_before_it_reads_any_and_a_preview_does_not():
    make_city(slug="leeds")
    data = a_file(["Slug", "Summary"], ["leeds", "New."])
    with CaptureQueriesContext(connection) as previewed:
        digest = preview_of(City, data).digest
    with CaptureQueriesContext(connection) as imported:
        preview_of(City, data, digest)
    read = [[one["sql"] for one in queries if "SELECT" in one["sql"]] for queries in (previewed, imported)]
    assert "directory_city" in read[0][0]
    assert "directory_contentversion" in read[1][0]
