"""The frame of every page: its header with the menu, its footer, and what all pages are made of."""

from itertools import combinations, pairwise

import pytest

from tests.pages import ERROR_PAGES, PAGES

LINKS = ["Cities", "Priorities", "Guides", "Networks", "Partners", "News"]
MAX_HEADER = 61
NARROW, WIDE = (320, 375, 768), (960, 1440)


@pytest.fixture
def at(site, page):
    """Open a page at a width."""

    def opened(width, url="/guides/"):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site + url)
        page.evaluate("document.fonts.ready")
        return page

    return opened


def menu_links(page):
    return [link.inner_text() for link in page.locator(".masthead__nav a").all() if link.is_visible()]


@pytest.mark.parametrize("width", [*NARROW, *WIDE])
def test_the_header_is_one_line(at, width):
    page = at(width)
    assert page.locator(".masthead").bounding_box()["height"] <= MAX_HEADER
    shown = page.locator(".masthead :is(a, summary, input, button)").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())"
    )
    assert len(shown) > 1
    assert max(box["top"] for box in shown) < min(box["bottom"] for box in shown)
    assert all(box["height"] >= 24 for box in shown)
    rows = sorted(shown, key=lambda box: box["left"])
    assert rows == shown, "the order of the keyboard is the order on the page"
    assert all(one["right"] <= other["left"] for one, other in pairwise(rows))


@pytest.mark.parametrize("width", [375, 1000])
def test_text_at_twice_its_size_leaves_room_for_all_of_the_header(at, width):
    page = at(width)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    boxes = page.locator(".masthead__name span, .masthead__search, summary").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())"
    )
    assert len(boxes) > 1
    for one, other in combinations(boxes, 2):
        beside = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", NARROW)
def test_the_menu_opens_and_closes_without_javascript(site, browser, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/guides/")
    assert menu_links(page) == []
    button = page.locator("summary", has_text="Menu")
    button.click()
    assert menu_links(page) == LINKS
    last = page.get_by_role("link", name="News", exact=True).bounding_box()
    assert last["y"] + last["height"] <= page.locator("main").bounding_box()["y"], "it covers nothing"
    button.click()
    assert menu_links(page) == []
    button.click()
    page.get_by_role("link", name="Partners", exact=True).click()
    assert page.get_by_role("heading", name="Partners", level=1).is_visible()
    assert menu_links(page) == []
    context.close()


@pytest.mark.parametrize("width", WIDE)
def test_a_wide_window_needs_no_menu(at, width):
    page = at(width)
    assert menu_links(page) == LINKS
    assert not page.locator("summary", has_text="Menu").is_visible()
    assert page.get_by_role("link", name="Guides", exact=True).first.get_attribute("aria-current") == "true"


def tab(page, times):
    """Press Tab, and say where that leads."""
    for _ in range(times):
        page.keyboard.press("Tab")
        yield page.evaluate("document.activeElement.innerText.trim() || document.activeElement.name")


def test_the_keyboard_opens_the_menu_and_goes_through_it(at):
    page = at(375)
    assert list(tab(page, 4)) == ["Skip to main content", "UK Learning Cities", "Search", "Menu"]
    outline = page.locator("summary", has_text="Menu").evaluate("e => getComputedStyle(e).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    assert list(tab(page, 6)) == LINKS
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_in_a_wide_window_the_keyboard_goes_from_the_name_through_the_links_to_the_search(at):
    page = at(1440)
    expected = ["Skip to main content", "UK Learning Cities", *LINKS, "q", "Search the site"]
    assert list(tab(page, len(expected))) == expected


def test_a_narrow_window_links_to_the_search(at):
    page = at(375)
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/search/")


def test_a_wide_window_has_a_field_to_search_in(at):
    page = at(1440)
    page.get_by_role("searchbox", name="Search the site").fill("libraries")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=libraries")


def test_a_page_that_is_not_there_has_a_field_to_search_in(at):
    page = at(375, "/nowhere/")
    page.get_by_role("searchbox", name="What are you looking for?").fill("libraries")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url("**/search/?q=libraries")


@pytest.mark.parametrize(
    ("name", "width", "least", "most"),
    [("guides", 1440, 40, 44), ("guides", 375, 26, 30), ("news item", 1440, 32, 36)],
)
def test_a_title_is_calm(at, name, width, least, most):
    heading = at(width, PAGES[name]).locator("h1").first
    assert least <= float(heading.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) <= most


def test_no_list_loses_its_meaning_in_safari(at):
    lost = {}
    for name, url in (PAGES | ERROR_PAGES).items():
        lists = at(375, url).locator("ul:not([role=list]), ol:not([role=list])")
        lost[name] = lists.evaluate_all(
            "lists => lists.filter(e => getComputedStyle(e).listStyleType === 'none').map(e => e.className)"
        )
    assert {name: lists for name, lists in lost.items() if lists} == {}


def test_a_field_with_an_error_has_a_red_border(at):
    page = at(768, "/cities/wolverhampton/correction/")
    page.get_by_role("button", name="Send the correction").click()
    wrong = page.locator("textarea[aria-invalid=true]").first
    error = page.locator(".errorlist").first.evaluate("e => getComputedStyle(e).color")
    assert wrong.evaluate("e => getComputedStyle(e).borderTopColor") == error
    assert wrong.evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"


def test_in_forced_colours_a_button_has_a_border(at, page):
    page.emulate_media(forced_colors="active")
    button = at(768, "/cities/wolverhampton/correction/").locator(".button").first
    line, ground = button.evaluate(
        "e => [getComputedStyle(e).borderTopColor, getComputedStyle(e).backgroundColor]"
    )
    assert button.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    assert line != ground


@pytest.mark.parametrize("name", ["home", "priorities", "priority"])
def test_without_style_sheets_icons_keep_their_size(at, page, name):
    page.route("**/*.css", lambda route: route.abort())
    widths = (
        at(1440, PAGES[name])
        .locator(".icon, .mark")
        .evaluate_all("icons => icons.map(e => e.getBoundingClientRect().width)")
    )
    assert widths
    assert max(widths) <= 32


def test_print_says_how_to_cite_the_page_and_leaves_the_frame_out(at, page):
    at(720, PAGES["guide"])
    page.emulate_media(media="print")
    assert page.locator(".cite__text").bounding_box()["height"] > 0
    assert page.locator(".cite__text").evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")
    for hidden in (".masthead__nav", ".colophon", ".breadcrumb"):
        assert page.locator(hidden).all() == [] or not page.locator(hidden).first.is_visible()
