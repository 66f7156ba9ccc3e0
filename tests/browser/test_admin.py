"""The admin as a member of staff uses it."""

import re

import pytest
from playwright.sync_api import expect

from directory.models import City, NewsItem, Source
from tests.browser.steps import follow, press, sign_in, violations

POSITION = "53.79648, -1.54785"


@pytest.fixture
def admin_page(site, page, admin_user):
    """A browser on the admin's first page."""
    sign_in(page.context, site, admin_user)
    page.goto(f"{site}/admin/")
    return page


def choose(page, label, words):
    """Choose in a field that searches."""
    page.locator(f".field-{label} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def test_a_city_from_nothing_to_published(admin_page, site, messages):
    admin_page.goto(f"{site}/admin/directory/city/add/")
    admin_page.get_by_label("Name:", exact=True).press_sequentially("Leeds")
    expect(admin_page.get_by_label("Slug:")).to_have_value("leeds")
    admin_page.get_by_label("Nation:").select_option("England")
    admin_page.get_by_label("Summary:").fill("A city that means to learn.")
    admin_page.get_by_label("Standfirst:").fill("Leeds wants everybody to keep learning.")
    choose(admin_page, "source", "Wakefield")
    admin_page.get_by_label("Pasted position:").fill(POSITION)
    admin_page.get_by_label("Pasted position:").blur()
    expect(admin_page.locator("#position-shown .pin--here")).to_be_visible()
    expect(admin_page.get_by_label("Latitude:")).to_have_value("53.79648")
    choose(admin_page, "position_source", "Wakefield")
    press(admin_page, "Save and continue editing")
    follow(admin_page, "Preview")
    expect(admin_page.get_by_role("heading", name="Leeds", level=1)).to_be_visible()
    assert admin_page.request.get(f"{site}/cities/leeds/").status == 404
    admin_page.go_back()
    admin_page.get_by_label("Status:").select_option("Published")
    press(admin_page, "Save")
    admin_page.goto(f"{site}/cities/leeds/")
    expect(admin_page.get_by_text("A city that means to learn.")).to_be_visible()
    assert [message for message in messages if "404" not in message] == []  # the URL of the draft


def test_swapped_numbers_are_corrected_with_one_click(admin_page, site):
    admin_page.goto(f"{site}/admin/directory/city/add/")
    admin_page.get_by_label("Nation:").select_option("England")
    admin_page.get_by_label("Pasted position:").fill("-1.54785, 53.79648")
    admin_page.get_by_label("Pasted position:").blur()
    expect(admin_page.get_by_text("look swapped:")).to_be_visible()
    admin_page.get_by_role("button", name="Use 53.79648° N, 1.54785° W").click()
    expect(admin_page.locator("#position-shown .pin--here")).to_be_visible()
    expect(admin_page.get_by_label("Longitude:")).to_have_value("-1.54785")


def test_two_browsers_on_one_record(admin_page, site, browser, django_user_model):
    ann = django_user_model.objects.create_superuser("ann")
    other_context = browser.new_context()
    sign_in(other_context, site, ann)
    other = other_context.new_page()
    city = City.objects.get(slug="belfast")
    for page in (admin_page, other):
        page.goto(f"{site}/admin/directory/city/{city.pk}/change/")
    other.get_by_label("Summary:").fill("As Ann wrote it.")
    press(other, "Save")
    other_context.close()
    admin_page.get_by_label("Summary:").fill("As I wrote it.")
    press(admin_page, "Save")
    meanwhile = admin_page.get_by_role("region", name="Changed while you had it open")
    expect(meanwhile.get_by_text("As Ann wrote it.")).to_be_visible()
    expect(meanwhile.get_by_text("As I wrote it.")).to_be_visible()
    assert admin_page.get_by_label("Summary:").input_value() == "As I wrote it."
    assert violations(admin_page) == []
    press(admin_page, "Save my version over theirs")
    admin_page.goto(f"{site}/cities/belfast/")
    expect(admin_page.get_by_text("As I wrote it.")).to_be_visible()


def test_what_was_typed_into_a_city_that_was_deleted_is_shown(admin_page, site):
    city = City.objects.get(slug="belfast")
    admin_page.goto(f"{site}/admin/directory/city/{city.pk}/change/")
    admin_page.get_by_label("Summary:").fill("An hour of work.")
    city.delete()
    press(admin_page, "Save")
    expect(admin_page.get_by_text("An hour of work.")).to_be_visible()
    assert violations(admin_page) == []
    follow(admin_page, "deleted cities")
    expect(admin_page.get_by_role("button", name="Restore")).to_be_visible()


def test_a_deleted_city_comes_back(admin_page, site):
    city = City.objects.get(slug="belfast")
    admin_page.goto(f"{site}/admin/directory/city/{city.pk}/delete/")
    press(admin_page, "Yes, I’m sure")
    follow(admin_page, "Deleted cities")
    press(admin_page, "Restore")
    expect(admin_page.get_by_text("Restored, with its related records.")).to_be_visible()
    admin_page.goto(f"{site}/cities/belfast/")
    expect(admin_page.get_by_role("heading", name="Belfast", level=1)).to_be_visible()


def test_mark_as_reviewed_from_the_work_lists(admin_page, site):
    City.objects.update(last_reviewed="2020-01-01")
    admin_page.goto(f"{site}/admin/")
    admin_page.get_by_role("checkbox", name="Belfast").check()
    section = admin_page.get_by_role("region", name=re.compile("Cities due for review"))
    section.get_by_role("button").click()
    expect(admin_page.get_by_text("Marked as reviewed today: 1.")).to_be_visible()
    expect(admin_page.get_by_role("checkbox", name="Belfast")).to_have_count(0)


@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_no_page_of_the_admin_violates_a_rule_or_the_policy(admin_page, site, messages, colour_scheme, width):
    city = City.objects.get(slug="belfast")
    city.summary += " More."
    city.save()
    City.objects.filter(slug="swansea").update(last_reviewed="2020-01-01")
    Source.objects.first().save()
    admin_page.emulate_media(color_scheme=colour_scheme, reduced_motion="reduce")
    admin_page.set_viewport_size({"width": width, "height": 900})
    urls = [
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
    for url in urls:
        admin_page.goto(site + url)
    assert messages == []  # before axe adds its own
    found = {}
    for url in urls:
        admin_page.goto(site + url)
        found[url] = violations(admin_page)
    assert {url: wrong for url, wrong in found.items() if wrong} == {}
