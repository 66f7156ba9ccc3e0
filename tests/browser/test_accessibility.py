"""Zero violations of axe-core's rules, on every kind of page, in light and dark, narrow and wide."""

import pytest

from directory.models import City
from tests.browser.steps import press, violations
from tests.factories import (
    make_city,
    make_correction,
    make_guide,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
)
from tests.pages import ERROR_PAGES, FORM_PAGES, PAGES, RECEIPT

EVERY_PAGE = PAGES | FORM_PAGES | ERROR_PAGES


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
def test_no_page_violates_a_rule(site, browser, colour_scheme, width):
    context = browser.new_context(
        color_scheme=colour_scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    make_correction(City.objects.get(slug="wolverhampton"), token=RECEIPT)
    found = {}
    for name, address in EVERY_PAGE.items():
        page.goto(site + address)
        found[name] = violations(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    context.close()


def test_records_with_next_to_nothing_in_them_violate_no_rule(site, page):
    records = [make_city(), make_network(), make_guide(), make_partner(), make_priority(), make_news_item()]
    for record in records:
        page.goto(site + record.get_absolute_url())
        assert violations(page) == [], record


@pytest.mark.parametrize("address", ["/admin/", "/admin/directory/city/", "/admin/directory/city/add/"])
def test_the_desk_obeys_the_content_security_policy(site, page, messages, admin_user, address):
    page.goto(f"{site}/admin/login/?next={address}")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("password")
    press(page, "Sign in")
    page.wait_for_load_state("networkidle")
    assert page.url == site + address
    assert messages == []


def test_a_screen_reader_hears_the_map_as_a_named_group_of_links(site, page):
    page.goto(f"{site}/cities/")
    drawing = page.get_by_role("group", name="Map")
    assert drawing.get_by_role("link").count() == 6
    assert drawing.get_by_role("link", name="Belfast", exact=True).count() == 1
