"""A spreadsheet, as a member of staff would bring it back: with errors first, then corrected."""

import csv
import io

import pytest
from playwright.sync_api import expect

from directory.models import City
from tests.browser.steps import follow, press, sign_in, violations

IMPORT = "/admin/directory/city/import/"


@pytest.fixture
def site_url(site, admin_user, context):
    """The URL of the site, with the browser signed in."""
    sign_in(context, site, admin_user)
    return site


def exported(page, site_url):
    """The cities, as the admin hands them out."""
    page.goto(f"{site_url}/admin/directory/city/")
    follow(page, "Export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def upload(page, rows):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    data = file.getvalue().encode("utf-8-sig")
    field = page.get_by_label("CSV or XLSX file")
    field.set_input_files({"name": "cities.csv", "mimeType": "text/csv", "buffer": data})
    press(page, "Preview the import")


def test_three_wrong_rows_are_named_and_corrected_and_then_all_is_imported(site_url, page, messages):
    rows = exported(page, site_url)
    before = dict(City.objects.values_list("slug", "summary"))
    by_slug = {row["Slug"]: row for row in rows}
    belfast, swansea, bristol = by_slug["belfast"], by_slug["swansea"], by_slug["bristol"]
    belfast["Summary"] = "Belfast learns with quokkas."
    right = [row.copy() for row in rows]
    swansea["Nation"], bristol["Latitude"] = "Ulster", "north"
    wrong_source = rows[-1]
    wrong_source["Source"] = "no-such-report"

    page.goto(site_url + IMPORT)
    upload(page, rows)
    errors = page.get_by_role("region", name="Errors").locator("tbody tr")
    assert errors.count() == 3
    for row, column, cell, reason in (
        (swansea, "Nation", "Ulster", "“Ulster” is not a choice. Enter one of: England, Northern Ireland"),
        (bristol, "Latitude", "north", "Enter a number."),
        (wrong_source, "Source", "no-such-report", "There is no source with the slug “no-such-report”."),
    ):
        said = errors.filter(has=page.get_by_role("rowheader", name=str(rows.index(row) + 2), exact=True))
        assert said.locator("td").nth(0).inner_text() == column
        assert said.locator("td").nth(1).inner_text() == cell
        assert reason in said.locator("td").nth(2).inner_text()
    expect(page.get_by_text("Nothing was imported.")).to_be_visible()
    assert page.get_by_role("button", name="Confirm and import").count() == 0
    assert dict(City.objects.values_list("slug", "summary")) == before

    upload(page, right)
    changed = page.get_by_role("region", name="Row by row").locator("tr", has_text="after:")
    assert changed.count() == 1
    assert "Changed" in changed.inner_text()
    assert "Belfast learns with quokkas." in changed.locator("ins").inner_text()
    assert dict(City.objects.values_list("slug", "summary")) == before
    press(page, "Confirm and import")
    expect(page.get_by_text("Imported cities.csv: 1 changed, 5 unchanged.")).to_be_visible()
    page.goto(f"{site_url}/cities/belfast/")
    assert page.get_by_text("Belfast learns with quokkas.").first.is_visible()
    assert messages == []


@pytest.mark.parametrize("width", [320, 375, 1440])
@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
def test_no_page_of_spreadsheets_violates_a_rule(site_url, page, colour_scheme, width):
    page.emulate_media(color_scheme=colour_scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    rows = exported(page, site_url)
    found = violations(page)
    page.goto(site_url + IMPORT)
    found += violations(page)
    rows[0]["Summary"] = "New."
    rows[1] |= {"Slug": "york", "Name": "York"}
    upload(page, rows)
    found += violations(page)
    assert page.get_by_role("button", name="Confirm and import").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rows[2]["Nation"] = "Mars"
    upload(page, rows)
    found += violations(page)
    upload(page, [{"Mayor": "me"}])
    found += violations(page)
    expect(page.get_by_text("This is not a spreadsheet of cities")).to_be_visible()
    assert found == []
