import pytest

from directory.models import City, Membership
from directory.spreadsheets.file_error import FileError
from tests.factories import make_city, make_network, make_source
from tests.spreadsheets.steps import a_file, errors, exported_rows, import_file, preview_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "cell", "columns", "reason"),
    [
        ("Nation", "Atlantis", "Nation", "“Atlantis” is not a choice. One of: England, Northern Ireland"),
        ("Latitude", "north", "Latitude", "Enter a number."),
        ("Latitude", "1e999", "Latitude", "Ensure that there are no more than 7 digits in total."),
        ("Latitude", "-1.9", "Latitude", "is outside the United Kingdom"),
        ("Latitude", "", "Latitude, Longitude, Position source", "Give latitude, longitude and where they"),
        ("Last reviewed", "31/02/2024", "Last reviewed", "Enter a valid date."),
        ("Live from", "soon", "Live from", "Enter a valid date/time."),
        ("Live from", "2026-10-25 01:30", "Live from", "Write 2026-10-25 01:30+00:00 for winter time"),
        ("Summary", "", "Summary", "This cell may not be empty."),
        ("Status", " ", "Status", "This cell may not be empty."),
        ("Review after", "a year", "Review after", "Enter a whole number."),
        ("Review after", "-1", "Review after", "greater than or equal to 0"),
        ("Website", "not an address", "Website", "Enter a valid URL."),
        ("Contact address", "nobody", "Contact address", "Enter a valid email address."),
        ("Source", "reprt", "Source", "There is no source with the slug “reprt”. Is it “report”?"),
        ("Initiative's name", "x" * 121, "Initiative’s name", "at most 120 characters"),
        ("Coordinates as published", "1°N", "Coordinates as published", "give both or neither"),
        ("Name", "York", "Name", "City with this Name already exists."),
        ("Slug", "no slug", "Slug", "Enter a valid “slug”"),
        ("Slug", "", "Slug", "This cell may not be empty."),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_its_column_and_why(column, cell, columns, reason):
    source = make_source(slug="report")
    make_city(slug="leeds", source=source)
    make_city(name="York", source=source)
    (row,) = (row for row in exported_rows(City) if row["Slug"] == "leeds")
    exact = {name.replace("’", "'"): name for name in row}[column]
    preview = import_file(City, a_file([*row], (row | {exact: cell}).values()))
    named = [(fault.row, fault.reason) for fault in preview.errors if fault.columns.startswith(columns)]
    assert {number for number, _ in named} == {2}
    assert reason in named[0][1]


def test_every_wrong_cell_of_a_row_is_named_at_once():
    make_city(slug="leeds")
    data = a_file(["Slug", "Nation", "Latitude", "Website"], ["leeds", "Mars", "x", "y"])
    assert [fault[1] for fault in errors(preview_of(City, data))] == ["Nation", "Latitude", "Website"]


def test_a_new_row_that_lacks_a_column_says_which():
    data = a_file(["Slug", "Name", "Summary"], ["york", "York", "It learns."])
    assert errors(preview_of(City, data)) == [
        (2, "Nation", "(the file has no such column)", "This cell may not be empty."),
        (2, "Source", "(the file has no such column)", "This cell may not be empty."),
    ]


def test_two_rows_about_one_record_are_refused():
    make_city(slug="leeds")
    data = a_file(["Slug", "Summary"], ["leeds", "One."], ["", ""], ["leeds", "Two."])
    reason = "Row 2 is about the same city. Keep one of the two."
    assert errors(preview_of(City, data)) == [(4, "Slug", "leeds", reason)]


def test_a_slug_that_was_renamed_at_the_desk_is_no_new_city_and_names_the_present_one():
    city, network = make_city(slug="old", name="Leeds"), make_network(slug="gnlc")
    City.objects.get().save()
    city = City.objects.get()
    city.slug = "new"
    city.save()
    row = dict.fromkeys(("Slug", "Name"), "old") | {"Nation": "England", "Summary": "It.", "Source": ""}
    reasons = [fault.reason for fault in preview_of(City, a_file([*row], row.values())).errors]
    assert any("“old” leads to Leeds" in reason for reason in reasons)
    data = a_file(["City", "Network"], ["old", network.slug])
    assert errors(preview_of(Membership, data))[0][3] == (
        "There is no city with the slug “old”. It is now “new”."
    )


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        (["Slug", "Mayor", ""], "There is no column “Mayor”. Rename or delete it."),
        (["Slug", "Name", "slug"], "The header repeats “Slug”. Keep one."),
        (["Name", "Summary"], "The file lacks “Slug”. Rows are matched by it."),
        (["<html>"], "This is not a spreadsheet of cities: it has none of the columns listed below."),
        (["Slug", "", "Name"], "There is no column “without a name”."),
    ],
)
def test_a_header_that_is_not_this_tables_is_refused_with_a_sentence(header, complaint):
    with pytest.raises(FileError) as refused:
        preview_of(City, a_file(header, ["x"] * len([name for name in header if name])))
    assert str(refused.value).startswith(complaint)
