"""How a city's page is laid out: on a phone in the order of its source, on a wide screen in three columns."""

import re
from itertools import pairwise

import pytest

LONG, SHORT = "/cities/wolverhampton/", "/cities/belfast/"


@pytest.fixture
def open_page(site, page):
    """Open a page at a width, with its typeface loaded."""

    def opened(url, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site + url)
        page.evaluate("document.fonts.ready")
        return page

    return opened


def box(page, selector):
    """Return the edges of an element on the whole page."""
    return page.locator(selector).evaluate(
        """e => {
          const {left, right, top, bottom} = e.getBoundingClientRect();
          return {left, right, top: top + scrollY, bottom: bottom + scrollY};
        }"""
    )


@pytest.mark.parametrize(("width", "most"), [(375, 8_000), (1440, 4_500)])
def test_the_longest_page_is_not_longer_than_this(open_page, width, most):
    page = open_page(LONG, width)
    assert page.evaluate("document.documentElement.scrollHeight") <= most


def test_membership_facts_and_partners_end_within_three_and_a_half_screens_of_a_phone(open_page):
    page = open_page(LONG, 375)
    assert box(page, ".city-box")["bottom"] < 3_000
    assert box(page, ".city-partners")["bottom"] < 3_000


@pytest.mark.parametrize("url", [LONG, SHORT, "/cities/manchester/"])
@pytest.mark.parametrize("width", [320, 375])
def test_on_a_phone_everything_is_below_each_other_in_the_order_of_the_source(open_page, url, width):
    page = open_page(url, width)
    edges = page.locator(".city > *, .city__facts > *, .city__rest > *").evaluate_all(
        """all => all.filter(e => !e.matches('.city__facts, .city__rest'))
          .map(e => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom])"""
    )
    assert len(edges) > 4
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(edges))


def test_the_columns_of_a_wide_page_fill_it(open_page):
    page = open_page(LONG, 1440)
    whole, contents, text, facts, background = (
        box(page, selector)
        for selector in (".city", ".city__contents", ".city__priorities", ".city__facts", ".city__background")
    )
    assert contents["left"] == whole["left"]
    assert contents["right"] < text["left"]
    assert text["right"] < facts["left"]
    assert facts["right"] == background["right"] == whole["right"]
    assert facts["top"] == whole["top"]
    assert background["left"] == text["left"]
    assert background["top"] > facts["bottom"]


def test_the_contents_stay_in_view_on_a_wide_screen(open_page):
    page = open_page(LONG, 1440)
    page.locator(".city__others").scroll_into_view_if_needed()
    assert page.locator(".city__contents").evaluate("e => e.getBoundingClientRect().top") >= 0


def test_a_short_page_has_no_contents_and_no_column_for_them(open_page):
    page = open_page(SHORT, 1440)
    assert page.locator(".city__contents").count() == 0
    assert box(page, ".city__priorities")["left"] == box(page, ".city")["left"]


def test_the_heading_of_the_priorities_comes_soon_after_the_head_however_tall_the_facts_are(open_page):
    page = open_page(SHORT, 1440)
    assert box(page, "#priorities")["top"] - box(page, ".city__head")["bottom"] < 60


def test_on_a_phone_the_contents_take_two_lines_of_large_targets(open_page):
    page = open_page(LONG, 375)
    links = page.locator(".city__contents a")
    sizes = links.evaluate_all("all => all.map(e => e.getBoundingClientRect()).map(b => [b.top, b.height])")
    assert len({top for top, _ in sizes}) == 2
    assert min(height for _, height in sizes) >= 32


def test_the_map_is_shown_where_there_is_room_for_it(open_page):
    assert not open_page(LONG, 375).locator(".uk-map").is_visible()
    assert open_page(LONG, 1440).locator(".uk-map").is_visible()


@pytest.mark.parametrize("width", [375, 1440])
def test_the_longest_page_has_at_most_75_stops_of_the_tab_key(open_page, width):
    page = open_page(LONG, width)
    stops = page.locator("main").evaluate(
        """main => [...main.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
          .filter(e => e.tabIndex >= 0 && e.checkVisibility()).length"""
    )
    assert 50 < stops <= 75


def test_on_a_phone_a_city_takes_two_lines_in_the_table_of_other_cities(open_page):
    page = open_page(LONG, 375)
    name, distance, shared = (
        box(page, f".other-cities tbody tr:first-child > :nth-child({column})") for column in (1, 2, 3)
    )
    assert name["top"] == pytest.approx(distance["top"], abs=2)
    assert distance["right"] == shared["right"]
    assert shared["top"] >= name["bottom"]


@pytest.mark.parametrize(("url", "most"), [(LONG, 6), (SHORT, 3)])
def test_a_page_on_paper_takes_few_sheets(open_page, url, most):
    sheets = re.findall(rb"/Type\s*/Page\b", open_page(url, 1440).pdf(format="A4"))
    assert 0 < len(sheets) <= most


def test_on_paper_the_priorities_begin_on_the_first_sheet_with_the_facts_beside_them(open_page):
    page = open_page(LONG, 720)
    page.emulate_media(media="print")
    text, facts = box(page, "#priorities"), box(page, ".city__facts")
    assert text["bottom"] < 500
    assert facts["top"] < text["bottom"]
    assert facts["left"] > text["right"]
