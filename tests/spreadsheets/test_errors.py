import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import City, Membership, Partnership, Priority
from directory.spreadsheets.file_error import FileError
from directory.spreadsheets.formats import XLSX, write
from tests.factories import make_city, make_network, make_partner, make_priority, make_source
from tests.spreadsheets.steps import a_file, errors, exported_rows, import_file, preview_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "cell", "columns", "reason"),
    [
        (
            "Nation",
            "Atlantis",
            "Nation",
            "“Atlantis” is not a choice. Enter one of: England, Northern Ireland",
        ),
        ("Latitude", "north", "Latitude", "Enter a number."),
        ("Latitude", "1e999", "Latitude", "Ensure that there are no more than 7 digits in total."),
        ("Latitude", "-1.9", "Latitude", "is outside the United Kingdom"),
        ("Latitude", "", "Latitude, Longitude, Position source", "Enter the latitude, longitude and source"),
        ("Last reviewed", "31/02/2024", "Last reviewed", "Enter a real date such as 2024-02-14."),
        ("Live from", "soon", "Live from", "Enter a date and time such as 2024-02-14 09:30."),
        ("Live from", "2026-10-25 01:30", "Live from", "Enter 2026-10-25 01:30+00:00 for winter time"),
        ("Summary", "", "Summary", "This cell is empty. Enter a value."),
        ("Standfirst", "", "Standfirst, Status", "A published city needs a standfirst"),
        ("Standfirst", "x" * 111, "Standfirst", "at most 110 characters"),
        ("Status", " ", "Status", "This cell is empty. Enter a value."),
        ("Review after", "a year", "Review after", "Enter a whole number."),
        ("Review after", "-1", "Review after", "greater than or equal to 0"),
        ("Website", "not a URL", "Website", "Enter a valid URL."),
        ("Contact address", "nobody", "Contact address", "Enter a valid email address."),
        ("Source", "reprt", "Source", "There is no source with the slug “reprt”. Did you mean “report”?"),
        ("Initiative's name", "x" * 121, "Initiative’s name", "at most 120 characters"),
        ("Coordinates as published", "1°N", "Coordinates as published", "or leave both empty"),
        ("Name", "York", "Name", "City with this Name already exists."),
        ("Slug", "no slug", "Slug", "Enter a valid “slug”"),
        ("Slug", "", "Slug", "This cell is empty. Enter a value."),
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
        (2, "Nation", "(the file has no such column)", "This cell is empty. Enter a value."),
        (2, "Source", "(the file has no such column)", "This cell is empty. Enter a value."),
    ]


def test_a_draft_that_a_row_publishes_without_a_standfirst_is_refused_with_what_to_do():
    make_city(slug="leeds", status="draft", standfirst="")
    data = a_file(["Slug", "Status"], ["leeds", "Published"])
    ((row, columns, _, reason),) = errors(preview_of(City, data))
    assert (row, columns) == (2, "Standfirst, Status")
    assert "Write one line of at most 110 characters, or save the city as a draft." in reason
    both = a_file(["Slug", "Status", "Standfirst"], ["leeds", "Published", "Learning for all."])
    import_file(City, both)
    assert City.objects.published().get().standfirst == "Learning for all."


def test_two_rows_about_one_record_are_refused():
    make_city(slug="leeds")
    data = a_file(["Slug", "Summary"], ["leeds", "One."], ["", ""], ["leeds", "Two."])
    reason = "Row 2 is about the same city. Keep one of the two."
    assert errors(preview_of(City, data)) == [(4, "Slug", "leeds", reason)]


def test_two_rows_about_one_partnership_of_a_city_are_refused_though_neither_names_a_network():
    data = a_file(["Partner", "City", "Network"], ["open", "leeds", ""], ["open", "leeds", ""])
    reason = "Row 2 is about the same partnership. Keep one of the two."
    assert (3, "Partner", "open", reason) in errors(preview_of(Partnership, data))


def test_rows_without_a_slug_are_each_told_that_it_is_missing():
    data = a_file(["Slug", "Name", "Summary", "Icon", "Order"], ["", "", "", "", "0"], ["", "", "", "", "0"])
    missing = [(error.row, error.columns, error.reason) for error in preview_of(Priority, data).errors]
    assert missing == [
        (row, column, "This cell is empty. Enter a value.")
        for row in (2, 3)
        for column in ("Slug", "Name", "Summary", "Icon")
    ]


def test_a_slug_that_was_renamed_is_no_new_city_and_names_the_present_one():
    city, network = make_city(slug="old", name="Leeds"), make_network(slug="gnlc")
    City.objects.get().save()
    city = City.objects.get()
    city.slug = "new"
    city.save()
    row = dict.fromkeys(("Slug", "Name"), "old") | {"Nation": "England", "Summary": "It.", "Source": ""}
    reasons = [fault.reason for fault in preview_of(City, a_file([*row], row.values())).errors]
    assert any("“old” still redirects to Leeds" in reason for reason in reasons)
    data = a_file(["City", "Network"], ["old", network.slug])
    assert errors(preview_of(Membership, data))[0][3] == (
        "There is no city with the slug “old”. It is now “new”."
    )


def test_a_partnership_that_exists_is_named_by_its_partner_and_city():
    partner, city, network = make_partner(slug="open"), make_city(slug="leeds"), make_network(slug="gnlc")
    Partnership.objects.create(partner=partner, city=city, role="Founder", source=partner.source)
    header = ["Partner", "City", "Network", "Role", "Source"]
    data = a_file(header, ["open", "leeds", network.slug, "Both", partner.source.slug])
    assert [error[1:3] for error in errors(preview_of(Partnership, data))] == [
        ("City, Network", "leeds, gnlc"),
        ("Partner, City", "open, leeds"),
    ]


def test_a_row_that_the_database_refuses_is_named_and_nothing_is_imported(monkeypatch, caplog):
    make_priority(slug="one", summary="Old.")
    make_priority(slug="two", summary="Old.")
    data = a_file(["Slug", "Summary"], ["one", "New."], ["two", "New."])
    save = Priority.save

    def refuse_two(priority, *args, **kwargs):
        if priority.slug == "two":
            Priority.objects.create(slug="one", name="Taken", summary="x", icon="scale")
        save(priority, *args, **kwargs)

    monkeypatch.setattr(Priority, "save", refuse_two)
    digest = preview_of(Priority, data).digest
    preview = preview_of(Priority, data, digest)
    assert errors(preview) == [
        (
            3,
            "The whole row",
            "",
            "The database refused this row. Ask whoever runs the site: the log gives the reason.",
        )
    ]
    assert set(Priority.objects.values_list("summary", flat=True)) == {"Old."}
    assert "The database refused a row of an import" in caplog.text


def test_an_invalid_row_is_named_by_its_key():
    make_city(slug="leeds")
    data = a_file(["City", "Network", "Note"], ["leeds", "gnlc", "New."])
    assert [row.name for row in preview_of(Membership, data).rows] == ["leeds / gnlc"]


def test_a_slug_that_no_database_can_look_up_is_an_error_like_any_other():
    data = write(["City", "Network"], [["le\0eds", "gn\0lc"]], XLSX)
    reasons = [error.reason for error in preview_of(Membership, data).errors]
    assert reasons[0].startswith("There is no city with the slug “le")
    assert reasons[1].startswith("There is no network with the slug “gn")


def test_a_slug_in_capitals_or_with_spaces_is_recognised_as_the_one_that_is_meant():
    make_source(slug="annual-report")
    data = a_file(["Slug", "Source"], ["york", "Annual Report"])
    reason = next(error.reason for error in preview_of(City, data).errors if error.columns == "Source")
    assert reason.endswith("Did you mean “annual-report”?")


def test_the_same_wrong_slug_is_looked_up_once():
    for number in range(10):
        make_city(slug=f"city-{number}")
    data = a_file(["Slug", "Source"], *[[f"city-{number}", "reprt"] for number in range(10)])
    with CaptureQueriesContext(connection) as queries:
        assert len(preview_of(City, data).errors) == 10
    looked_up = [query["sql"] for query in queries if 'SELECT "directory_source"."slug"' in query["sql"]]
    assert len(looked_up) == 1


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        (["Slug", "Mayor", ""], "There is no column “Mayor”. Rename or delete it."),
        (["Slug", "Name", "slug"], "The header repeats “Slug”. Keep one."),
        (["Name", "Summary"], "To match rows, the file also needs “Slug”. Add it."),
        (["<html>"], "This is not a spreadsheet of cities: it has none of the columns listed below."),
        (["Slug", "", "Name"], "There is no column “without a name”."),
    ],
)
def test_a_header_that_is_not_this_tables_is_refused_with_a_sentence(header, complaint):
    with pytest.raises(FileError) as refused:
        preview_of(City, a_file(header, ["x"] * len([name for name in header if name])))
    assert str(refused.value).startswith(complaint)
