"""The desk as a member of staff uses it."""

import re

import pytest
from playwright.sync_api import expect

from directory.models import City, NewsItem, Source
from tests.browser.steps import follow, press, sign_in, violations

POSITION = "53.79648, -1.54785"


@pytest.fixture
def desk(site, page, admin_user):
    """A browser at the desk's first page."""
    sign_in(page.context, site, admin_user)
    page.goto(f"{site}/admin/")
    return page


def choose(page, label, words):
    """Choose in a field that searches."""
    page.locator(f".field-{label} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def test_a_city_from_nothing_to_published(desk, site, messages):
    desk.goto(f"{site}/admin/directory/city/add/")
    desk.get_by_label("Name:", exact=True).press_sequentially("Leeds")
    expect(desk.get_by_label("Slug:")).to_have_value("leeds")
    desk.get_by_label("Nation:").select_option("England")
    desk.get_by_label("Summary:").fill("A city that means to learn.")
    choose(desk, "source", "Wakefield")
    desk.get_by_label("Pasted position:").fill(POSITION)
    desk.get_by_label("Pasted position:").blur()
    expect(desk.locator("#position-shown .pin--here")).to_be_visible()
    expect(desk.get_by_label("Latitude:")).to_have_value("53.79648")
    choose(desk, "position_source", "Wakefield")
    press(desk, "Save and continue editing")
    follow(desk, "Preview")
    expect(desk.get_by_role("heading", name="Leeds", level=1)).to_be_visible()
    assert desk.request.get(f"{site}/cities/leeds/").status == 404
    desk.go_back()
    desk.get_by_label("Status:").select_option("Published")
    press(desk, "Save")
    desk.goto(f"{site}/cities/leeds/")
    expect(desk.get_by_text("A city that means to learn.")).to_be_visible()
    assert [message for message in messages if "404" not in message] == []  # the draft's own address


def test_swapped_numbers_are_mended_with_one_click(desk, site):
    desk.goto(f"{site}/admin/directory/city/add/")
    desk.get_by_label("Nation:").select_option("England")
    desk.get_by_label("Pasted position:").fill("-1.54785, 53.79648")
    desk.get_by_label("Pasted position:").blur()
    expect(desk.get_by_text("look swapped:")).to_be_visible()
    desk.get_by_role("button", name="Take 53.79648° N, 1.54785° W").click()
    expect(desk.locator("#position-shown .pin--here")).to_be_visible()
    expect(desk.get_by_label("Longitude:")).to_have_value("-1.54785")


def test_two_browsers_on_one_record(desk, site, browser, django_user_model):
    ann = django_user_model.objects.create_superuser("ann")
    other_context = browser.new_context()
    sign_in(other_context, site, ann)
    other = other_context.new_page()
    city = City.objects.get(slug="belfast")
    for page in (desk, other):
        page.goto(f"{site}/admin/directory/city/{city.pk}/change/")
    other.get_by_label("Summary:").fill("As Ann wrote it.")
    press(other, "Save")
    other_context.close()
    desk.get_by_label("Summary:").fill("As I wrote it.")
    press(desk, "Save")
    meanwhile = desk.get_by_role("region", name="Changed meanwhile")
    expect(meanwhile.get_by_text("As Ann wrote it.")).to_be_visible()
    expect(meanwhile.get_by_text("As I wrote it.")).to_be_visible()
    assert desk.get_by_label("Summary:").input_value() == "As I wrote it."
    assert violations(desk) == []
    press(desk, "Save what I typed over the others’ changes")
    desk.goto(f"{site}/cities/belfast/")
    expect(desk.get_by_text("As I wrote it.")).to_be_visible()


def test_what_was_typed_into_a_city_that_was_deleted_is_shown(desk, site):
    city = City.objects.get(slug="belfast")
    desk.goto(f"{site}/admin/directory/city/{city.pk}/change/")
    desk.get_by_label("Summary:").fill("An hour of work.")
    city.delete()
    press(desk, "Save")
    expect(desk.get_by_text("An hour of work.")).to_be_visible()
    assert violations(desk) == []
    follow(desk, "deleted cities")
    expect(desk.get_by_role("button", name="Restore")).to_be_visible()


def test_a_deleted_city_comes_back(desk, site):
    city = City.objects.get(slug="belfast")
    desk.goto(f"{site}/admin/directory/city/{city.pk}/delete/")
    press(desk, "Yes, I’m sure")
    follow(desk, "Deleted cities")
    press(desk, "Restore")
    expect(desk.get_by_text("Restored, with all that belonged to it.")).to_be_visible()
    desk.goto(f"{site}/cities/belfast/")
    expect(desk.get_by_role("heading", name="Belfast", level=1)).to_be_visible()


def test_still_true_from_the_work_lists(desk, site):
    City.objects.update(last_reviewed="2020-01-01")
    desk.goto(f"{site}/admin/")
    desk.get_by_role("checkbox", name="Belfast").check()
    section = desk.get_by_role("region", name=re.compile("Cities due for review"))
    section.get_by_role("button").click()
    expect(desk.get_by_text("Noted as still true today: 1.")).to_be_visible()
    expect(desk.get_by_role("checkbox", name="Belfast")).to_have_count(0)


@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_of_the_desk_violates_a_rule_or_the_policy(desk, site, messages, colour_scheme, width):
    city = City.objects.get(slug="belfast")
    city.summary += " More."
    city.save()
    City.objects.filter(slug="swansea").update(last_reviewed="2020-01-01")
    Source.objects.first().save()
    desk.emulate_media(color_scheme=colour_scheme, reduced_motion="reduce")
    desk.set_viewport_size({"width": width, "height": 900})
    addresses = [
        "/admin/",
        "/admin/directory/city/",
        f"/admin/directory/city/{city.pk}/change/",
        "/admin/directory/city/add/",
        f"/admin/directory/city/{city.pk}/history/",
        f"/admin/directory/city/{city.pk}/delete/",
        "/admin/directory/city/deleted/",
        "/admin/directory/source/",
        f"/admin/directory/newsitem/{NewsItem.objects.first().pk}/change/",
    ]
    for address in addresses:
        desk.goto(site + address)
        desk.wait_for_load_state("networkidle")
    assert messages == []  # before axe adds its own
    found = {}
    for address in addresses:
        desk.goto(site + address)
        found[address] = violations(desk)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
