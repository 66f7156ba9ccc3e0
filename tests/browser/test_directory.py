"""The directory as a visitor uses it: with a mouse, with a keyboard, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import follow, press


def cards(page):
    return page.locator(".card__name a").all_inner_texts()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def any_page(request, browser):
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_visitor_filters_by_clicking(site, any_page):
    any_page.goto(f"{site}/cities/")
    any_page.get_by_label("Skills and work").check()
    press(any_page, "Show cities")
    expect(any_page.locator(".directory__count")).to_have_text(
        "3 cities with the priority Skills and work, by name."
    )
    assert cards(any_page) == ["Manchester", "Wakefield", "Wolverhampton"]
    assert any_page.locator(".uk-map a.pin").count() == 3


def test_a_visitor_removes_one_filter_and_then_all(site, any_page):
    any_page.goto(f"{site}/cities/?priority=fair-access-and-inclusion&nation=wales")
    assert cards(any_page) == ["Swansea"]
    follow(any_page, "Remove Wales")
    assert cards(any_page) == ["Belfast", "Bristol", "Swansea", "Wolverhampton"]
    follow(any_page, "Remove all")
    assert len(cards(any_page)) == 6


def test_a_visitor_searches_and_sorts(site, any_page):
    any_page.goto(f"{site}/cities/")
    any_page.get_by_label("Search", exact=True).fill("heritage")
    press(any_page, "Search")
    assert cards(any_page) == ["Wakefield"]
    any_page.goto(f"{site}/cities/")
    any_page.get_by_label("Sort by").select_option("date joined")
    press(any_page, "Show cities")
    assert cards(any_page)[:2] == ["Manchester", "Wakefield"]


def test_a_visitor_finds_suggestions_in_an_empty_result(site, any_page):
    any_page.goto(f"{site}/cities/?priority=health-and-wellbeing&nation=wales")
    follow(any_page, "Wales")
    assert cards(any_page) == ["Wolverhampton"]


def test_the_url_of_a_filter_is_short_enough_to_share(site, page):
    page.goto(f"{site}/cities/")
    page.get_by_label("Wales").check()
    press(page, "Show cities")
    assert page.url == f"{site}/cities/?nation=wales"


def test_a_pin_is_followed_by_keyboard(site, page):
    page.goto(f"{site}/cities/")
    page.locator(".skip-map").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.place") == "belfast"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/cities/bristol/")


def test_a_link_skips_the_map(site, page):
    page.goto(f"{site}/cities/")
    page.locator(".skip-map").focus()
    expect(page.locator(".skip-map")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Belfast"


def test_a_link_skips_to_the_content(site, page):
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_pointing_at_a_card_lights_its_pin_and_the_other_way_round(site, page):
    page.goto(f"{site}/cities/")
    card, pin = page.locator(".card[data-place=bristol]"), page.locator(".pin[data-place=bristol]")
    card.hover()
    expect(pin).to_have_class(re.compile("is-lit"))
    pin.locator(".pin__dot").hover()
    expect(card).to_have_class(re.compile("is-lit"))
    page.mouse.move(0, 0)
    expect(pin).not_to_have_class(re.compile("is-lit"))


def test_tabbing_to_a_card_lights_its_pin(site, page):
    page.goto(f"{site}/cities/")
    page.get_by_role("link", name="Swansea", exact=True).last.focus()
    expect(page.locator(".pin[data-place=swansea]")).to_have_class(re.compile("is-lit"))


def test_every_pin_is_where_its_city_is(site, page):
    page.goto(f"{site}/cities/")
    at = {
        pin.get_attribute("data-place"): pin.locator(".pin__dot").bounding_box()
        for pin in page.locator("a.pin").all()
    }
    north_to_south = sorted(at, key=lambda city: at[city]["y"])
    west_to_east = sorted(at, key=lambda city: at[city]["x"])
    assert north_to_south == ["belfast", "wakefield", "manchester", "wolverhampton", "swansea", "bristol"]
    assert west_to_east == ["belfast", "swansea", "bristol", "manchester", "wolverhampton", "wakefield"]


@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
def test_the_basemap_is_under_the_pins(site, browser, colour_scheme):
    context = browser.new_context(color_scheme=colour_scheme)
    page = context.new_page()
    page.goto(f"{site}/cities/")
    drawn = "() => document.querySelector('.uk-map__england').getBoundingClientRect().height > 100"
    page.wait_for_function(drawn)  # the outline is a file of its own
    assert page.locator(".uk-map__england").bounding_box()["width"] > 100
    context.close()


def test_an_unknown_filter_is_named_and_announced(site, page):
    page.goto(f"{site}/cities/?priority=nonsense")
    expect(page.get_by_role("alert")).to_contain_text("There is no priority “nonsense”.")
