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
    press(any_page, "Apply filter")
    expect(any_page.get_by_role("heading", level=1)).to_have_text(
        "Learning cities working on Skills and work"
    )
    expect(any_page.locator("main").get_by_role("heading", level=2)).to_have_text("3 of 6 cities, A to Z")
    assert cards(any_page) == ["Manchester", "Wakefield", "Wolverhampton"]
    assert any_page.locator(".uk-map a.pin:not(.pin--outside)").count() == 3


def test_a_visitor_removes_one_filter_and_then_all(site, any_page):
    any_page.goto(f"{site}/cities/?priority=fair-access-and-inclusion&nation=wales")
    assert cards(any_page) == ["Swansea"]
    follow(any_page, "Remove Wales")
    assert cards(any_page) == ["Belfast", "Bristol", "Swansea", "Wolverhampton"]
    follow(any_page, "Clear all")
    assert len(cards(any_page)) == 6


def test_a_visitor_searches_and_sorts(site, any_page):
    any_page.goto(f"{site}/cities/")
    any_page.get_by_label("City, partner or word").fill("heritage")
    press(any_page, "Search")
    assert cards(any_page) == ["Wakefield"]
    any_page.goto(f"{site}/cities/")
    any_page.get_by_text("Network and order").click()
    any_page.get_by_label("Sort by").select_option("date joined")
    press(any_page, "Apply filter")
    assert cards(any_page)[:2] == ["Manchester", "Wakefield"]


def test_a_visitor_finds_suggestions_in_an_empty_result(site, any_page):
    any_page.goto(f"{site}/cities/?priority=health-and-wellbeing&nation=wales")
    follow(any_page, "Wales")
    assert cards(any_page) == ["Wolverhampton"]


def test_the_url_of_a_filter_is_short_enough_to_share(site, page):
    page.goto(f"{site}/cities/")
    page.get_by_label("Wales").check()
    press(page, "Apply filter")
    assert page.url == f"{site}/cities/?nation=wales"


def test_a_pin_is_followed_by_keyboard(site, page):
    page.goto(f"{site}/cities/")
    page.get_by_role("region", name="Map").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.place") == "belfast"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/cities/bristol/")


def test_a_link_skips_the_filter(site, page):
    page.goto(f"{site}/cities/")
    link = page.get_by_role("link", name="Skip to the list of cities")
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Belfast"


def test_the_name_of_a_city_on_the_map_is_a_link(site, page):
    page.goto(f"{site}/cities/")
    page.locator(".pin__name", has_text="Swansea").click()
    page.wait_for_url(f"{site}/cities/swansea/")


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


BY_TWO = "/cities/?priority=health-and-wellbeing&priority=skills-and-work"


@pytest.mark.parametrize(
    ("url", "most"),
    [("/cities/", 400), ("/cities/?priority=skills-and-work", 500), (BY_TWO, 500), ("/cities/?q=work", 500)],
)
def test_on_a_phone_the_first_city_is_on_the_first_screen_and_the_map_after_the_list(site, page, url, most):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(site + url)
    assert top(page, ".card") <= most
    assert top(page, ".uk-map") > page.locator(".card").last.bounding_box()["y"]


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_an_error_is_directly_under_the_title(site, page, width):
    page.set_viewport_size({"width": width, "height": 667})
    page.goto(f"{site}/cities/?priority=nonsense")
    assert top(page, "[role=alert]") <= 250
    assert page.get_by_role("alert").get_by_role("link", name="show all cities").is_visible()


@pytest.mark.parametrize("url", ["/cities/", BY_TWO, "/cities/?q=nowhere", "/cities/?sort=joined"])
def test_the_button_that_applies_the_filter_is_in_view_and_the_panel_keeps_its_width(site, page, url):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site + url)
    button = page.get_by_role("button", name="Apply filter").bounding_box()
    assert button["y"] + button["height"] <= 900
    assert page.locator(".filter").bounding_box()["width"] == 248


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_every_pin_has_its_name_and_each_name_can_be_read(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/cities/")
    page.evaluate("document.fonts.ready")
    names = page.locator(".pin__name")
    assert [name.evaluate("e => getComputedStyle(e).opacity") for name in names.all()] == ["1"] * 6
    scale = page.locator(".uk-map").evaluate("e => e.getBoundingClientRect().width / e.viewBox.baseVal.width")
    size = names.first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size * scale >= 11.5


def test_the_map_does_not_move_when_a_filter_is_set(site, page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}/cities/")
    before = page.locator(".uk-map").bounding_box()
    pin = page.locator("[data-place=swansea].pin .pin__dot").bounding_box()
    page.goto(f"{site}/cities/?nation=wales")
    after = page.locator(".uk-map").bounding_box()
    moved = page.locator("[data-place=swansea].pin .pin__dot").bounding_box()
    assert (after["width"], after["height"]) == (before["width"], before["height"])
    assert moved["x"] - after["x"] == pytest.approx(pin["x"] - before["x"], abs=1)


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
    page.locator(".card").get_by_role("link", name="Swansea").focus()
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
