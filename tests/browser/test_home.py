"""How the home page and the lists fit a phone and a wide window."""

import pytest

LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"


def test_the_home_page_is_short_on_a_phone(site, page):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(site)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollHeight") <= 2_600


def test_every_city_is_in_reach_of_a_thumb_on_the_first_two_screens(site, page):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(site)
    boxes = [link.bounding_box() for link in page.locator(".nation-cities__list a").all()]
    assert len(boxes) == 6
    assert min(box["height"] for box in boxes) >= 44
    assert max(box["y"] + box["height"] for box in boxes) <= 2 * 667
    assert {box["x"] for box in boxes[:4]} == {boxes[0]["x"], boxes[1]["x"]}


@pytest.mark.parametrize(("width", "is_table"), [(375, False), (768, False), (1440, True)])
@pytest.mark.parametrize("url", ["/", "/priorities/"])
def test_the_table_of_priorities_is_for_wide_windows(site, page, url, width, is_table):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + url)
    assert page.locator(".matrix").is_visible() is is_table
    # The names are there in either case, and on the home page only once.
    assert page.locator(".priority-rows, .priority-entries").is_visible() is not (is_table and url == "/")


def test_in_a_wide_window_the_map_is_beside_the_names_and_the_table_above_the_entries(site, page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site)
    names, drawing = page.locator(".home__cities").bounding_box(), page.locator(".uk-map").bounding_box()
    assert names["x"] + names["width"] <= drawing["x"]
    assert drawing["y"] < names["y"]
    page.goto(f"{site}/priorities/")
    table, entries = page.locator(".matrix").bounding_box(), page.locator(".priority-entries").bounding_box()
    assert table["y"] + table["height"] <= entries["y"]


@pytest.mark.parametrize("url", ["/", "/priorities/", "/partners/", "/sources/"])
def test_with_text_at_twice_its_size_a_phone_does_not_scroll_sideways(site, page, url):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(site + url)
    page.evaluate(LARGE_TEXT)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_focused_heading_of_a_column_is_not_under_the_column_of_names(site, page):
    page.set_viewport_size({"width": 960, "height": 900})
    page.goto(f"{site}/priorities/")
    page.evaluate(LARGE_TEXT)
    links = page.locator(".matrix thead a")
    links.last.focus()
    for link in reversed(links.all()):
        link.focus()
        first_column = page.locator(".matrix thead th").first.bounding_box()
        assert link.bounding_box()["x"] >= first_column["x"] + first_column["width"]


@pytest.mark.parametrize("url", ["/", "/priorities/", "/partners/", "/sources/", "/networks/", "/guides/"])
def test_no_paragraph_is_too_wide_to_read(site, page, url):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site + url)
    widths = page.locator("main p:not(.references p):visible").evaluate_all(
        "all => all.map(p => p.clientWidth)"
    )
    assert max(widths) <= 640
