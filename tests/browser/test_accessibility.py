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
# Pages with a map, a filter, a table or columns, which a wide window lays out in another way.
LAID_OUT_ANEW = (
    "home",
    "directory",
    "empty directory",
    "city",
    "priorities",
    "networks",
    "network",
    "search",
    "not found",
)


@pytest.fixture
def look(site, browser):
    """Look at pages at a width, each once in light and once in dark."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()

    def found(names, width):
        page.set_viewport_size({"width": width, "height": 900})
        for name in names:
            page.goto(site + EVERY_PAGE[name])
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                if wrong := violations(page):
                    yield name, scheme, wrong

    yield found
    context.close()


def test_no_page_violates_a_rule_on_a_phone(look):
    make_correction(City.objects.get(slug="wolverhampton"), token=RECEIPT)
    assert list(look(EVERY_PAGE, 320)) == []


@pytest.mark.parametrize("width", [768, 1440])
def test_no_page_violates_a_rule_where_a_wide_window_lays_it_out_anew(look, width):
    assert list(look(LAID_OUT_ANEW, width)) == []


def test_records_with_next_to_nothing_in_them_violate_no_rule(site, page):
    records = [make_city(), make_network(), make_guide(), make_partner(), make_priority(), make_news_item()]
    for record in records:
        page.goto(site + record.get_absolute_url())
        assert violations(page) == [], record


@pytest.mark.parametrize("url", ["/admin/", "/admin/directory/city/", "/admin/directory/city/add/"])
def test_the_admin_obeys_the_content_security_policy(site, page, messages, admin_user, url):
    page.goto(f"{site}/admin/login/?next={url}")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("password")
    press(page, "Sign in")
    assert page.url == site + url
    assert messages == []


def test_a_screen_reader_hears_the_map_as_a_named_group_of_links(site, page):
    page.goto(f"{site}/cities/")
    drawing = page.get_by_role("group", name="Map")
    assert drawing.get_by_role("link").count() == 6
    assert drawing.get_by_role("link", name="Belfast", exact=True).count() == 1
