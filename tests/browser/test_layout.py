"""How pages look and fit, at every width and in both colour schemes."""

import brotli
import pytest

from tests.factories import make_city
from tests.pages import ERROR_PAGES, PAGES

EVERY_PAGE = PAGES | ERROR_PAGES
MAX_BYTES = 70_000


def test_no_page_scrolls_sideways(site, page):
    wide = []
    for name, url in EVERY_PAGE.items():
        page.goto(site + url)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))
    assert wide == []


def overlapping(page, selector):
    return page.evaluate(
        """selector => {
          const seen = [...document.querySelectorAll(selector)].filter(e => getComputedStyle(e).opacity > 0);
          const boxes = seen.map(e => [e.textContent, e.getBoundingClientRect()]);
          return boxes.flatMap(([a, one], i) => boxes.slice(0, i).filter(([, other]) =>
            one.left < other.right && other.left < one.right
            && one.top < other.bottom && other.top < one.bottom
          ).map(([b]) => `${a} and ${b}`));
        }""",
        selector,
    )


@pytest.mark.parametrize("url", ["/", "/cities/", "/cities/wolverhampton/", "/cities/wakefield/"])
def test_the_names_on_the_map_do_not_overlap(site, page, url):
    page.goto(site + url)
    page.evaluate("document.fonts.ready")
    for width in (320, 480, 768, 1120, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".pin__name").first.evaluate("e => getComputedStyle(e).opacity") == "1", width
        assert overlapping(page, ".pin__name, .pin__dot") == [], width


def test_text_at_twice_its_size_still_fits(site, browser):
    context = browser.new_context(viewport={"width": 640, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        "  document.documentElement.style.setProperty('font-size', '200%');"
        "})"
    )
    for url in ("/", "/cities/", "/cities/wolverhampton/"):
        page.goto(site + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, url
    context.close()


def test_a_name_of_58_letters_does_not_scroll_sideways(site, page):
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    city = make_city(name=name, slug="llan", nation="wales", latitude="53.2210", longitude="-4.2050")
    for url in (city.get_absolute_url(), "/cities/", "/", "/priorities/"):
        page.goto(site + url)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (url, width)


def test_a_pin_without_room_for_its_name_shows_it_when_it_is_pointed_at(site, page):
    # As near as two pins may be before they become one cluster: their names have no room.
    for number in range(8):
        longitude = f"{-0.9 - number * 0.42:.2f}"
        make_city(name=f"Neighbour{number}withalongname", latitude="52.60", longitude=longitude)
    page.goto(f"{site}/cities/")
    hidden = page.locator(".pin:has(.pin__name--hidden)")
    assert hidden.count() > 0
    hidden.first.locator(".pin__dot").hover()
    assert hidden.first.locator(".pin__name").evaluate("e => getComputedStyle(e).opacity") == "1"
    page.mouse.move(0, 0)
    assert overlapping(page, ".pin__name") == []


@pytest.mark.parametrize("width", [1120, 1280])
def test_with_text_at_twice_its_size_the_map_does_not_cover_the_list(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/cities/")
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert overlapping(page, ".directory > *") == []


@pytest.mark.parametrize("url", ["/priorities/", "/cities/wolverhampton/"])
def test_nothing_is_cut_off_on_paper(site, page, url):
    page.set_viewport_size({"width": 720, "height": 1000})  # A4 with narrow margins
    page.emulate_media(media="print")
    page.goto(site + url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def test_print_leaves_out_what_paper_cannot_do(site, page):
    page.goto(f"{site}/cities/")
    page.emulate_media(media="print")
    assert not page.locator(".filter").is_visible()
    assert not page.locator(".masthead__nav").is_visible()
    assert page.locator(".uk-map").is_visible()
    assert page.locator(".card").first.is_visible()


def test_print_keeps_the_numbers_and_says_where_each_document_is(site, page):
    page.goto(f"{site}/cities/wolverhampton/")
    page.emulate_media(media="print")
    assert page.locator(".reference a").first.is_visible()
    assert not page.get_by_label("Back to citation 1 of source 1", exact=True).is_visible()
    document = page.locator(".references li a").first
    url = document.get_attribute("href")
    assert document.evaluate("e => getComputedStyle(e, '::after').content") == f'" ({url})"'


@pytest.mark.parametrize("name", ["home", "city", "priority", "partner", "network", "guide", "news item"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_number_and_every_link_back_is_large_enough_to_touch(site, page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + PAGES[name])
    page.evaluate("document.fonts.ready")
    small = page.locator(".reference a, .references__links a").evaluate_all(
        """links => links.filter((link) => {
          const {width, height} = link.getBoundingClientRect();
          return width < 24 || height < 24;
        }).map(link => link.outerHTML)"""
    )
    assert small == []


def test_a_number_leads_to_its_source_and_back_and_each_is_marked(site, page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/cities/wolverhampton/")
    ground = "e => getComputedStyle(e).backgroundColor"
    number, entry = page.locator("#reference-2-1"), page.locator("#source-2")
    before = entry.evaluate(ground), number.evaluate(ground)
    number.click()
    assert entry.evaluate("e => e.getBoundingClientRect().top") >= 0
    assert entry.evaluate(ground) != before[0]
    page.get_by_label("Back to citation 1 of source 2", exact=True).click()
    assert number.evaluate("e => e.getBoundingClientRect().top") >= 0
    assert number.evaluate(ground) != before[1]


def test_in_forced_colours_pins_and_outline_stay_visible(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/cities/")
    dot = page.locator(".pin__dot").first.evaluate("e => getComputedStyle(e).fill")
    ground = page.locator(".uk-map").evaluate("e => getComputedStyle(e).backgroundColor")
    assert dot != ground


def test_every_first_visit_is_light_quiet_and_asks_no_other_host(site, browser):
    assert {name: wrong for name in EVERY_PAGE if (wrong := first_visit(site, browser, name))} == {}


def first_visit(site, browser, name):
    """What is wrong with a first visit to a page."""
    context = browser.new_context()
    page = context.new_page()
    answers, wrong = [], []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 – Playwright keeps state on it
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(site + EVERY_PAGE[name])
    page.evaluate("document.fonts.ready")
    wrong = [text for text in wrong if "status of 40" not in text]
    wrong += [answer.url for answer in answers if not answer.url.startswith(site)]
    sizes = {answer.url: len(brotli.compress(answer.body(), quality=5)) for answer in answers}
    if sum(sizes.values()) >= MAX_BYTES:
        wrong.append(sizes)
    wrong += context.cookies()
    context.close()
    return wrong
