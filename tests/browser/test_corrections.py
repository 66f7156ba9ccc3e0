"""A correction, from the public form to the outcome at its receipt."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.desk import sign_in
from tests.browser.test_accessibility import RULES
from tests.factories import make_correction
from tests.pages import RECEIPT

FORM = "/cities/wolverhampton/correction/"


@pytest.fixture(autouse=True)
def typed_fast(settings):
    """A browser that is driven types faster than anybody."""
    settings.CORRECTION_LEAST_SECONDS = 0


def open_desk(page, site, user, address):
    sign_in(page.context, site, user)
    page.goto(site + address)


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def test_a_correction_goes_from_the_city_page_to_the_desk_and_its_outcome_to_the_sender(
    site, browser, admin_user
):
    public = browser.new_context(java_script_enabled=False)
    page = public.new_page()
    page.goto(f"{site}/cities/wolverhampton/")
    assert public.cookies() == []
    page.get_by_role("link", name="Something wrong on this page?").click()
    page.get_by_label("What is wrong?").fill("It says 2014.")
    page.get_by_label("Where do you know it from?").fill("I was there.")
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_label("What is wrong?").input_value() == "It says 2014."
    page.get_by_role("link", name="Say what is right").click()
    page.get_by_label("What is right?").fill("It was 2015.")
    page.get_by_role("button", name="Send").click()
    receipt = page.url
    assert "We have what you sent" in page.inner_text("main")
    assert receipt in page.inner_text("main")

    desk = browser.new_context().new_page()
    heard = []
    desk.on("console", lambda message: heard.append(message.text))
    open_desk(desk, site, admin_user, "/admin/directory/correction/")
    desk.get_by_role("link", name="Wolverhampton").click()
    assert "It was 2015." in desk.inner_text("#content")
    desk.get_by_label("State").select_option("Accepted")
    desk.get_by_label("Answer").fill("Mended, thank you.")
    desk.get_by_role("button", name="Save", exact=True).click()
    assert "was changed successfully" in desk.inner_text("body")
    assert heard == []

    page.goto(receipt)
    assert "You were right" in page.inner_text("main")
    assert "Mended, thank you." in page.inner_text("main")
    assert "reader@example.org" not in page.content()


def test_going_back_from_the_receipt_finds_what_was_typed(site, page):
    page.goto(site + FORM)
    for label in ("What is wrong?", "What is right?", "Where do you know it from?"):
        page.get_by_label(label).fill("Something.")
    page.get_by_role("button", name="Send").click()
    page.go_back()
    assert page.get_by_label("What is wrong?").input_value() == "Something."


def test_nobody_can_see_or_reach_the_field_for_robots(site, page):
    page.goto(site + FORM)
    assert not page.locator("[name=subject]").is_visible()
    assert page.get_by_role("textbox").count() == 4
    page.get_by_label("Your e-mail address").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "More on privacy"


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
def test_a_form_that_was_refused_violates_no_rule_and_fits(site, browser, colour_scheme, width):
    page = browser.new_context(
        color_scheme=colour_scheme, viewport={"width": width, "height": 900}
    ).new_page()
    page.goto(site + FORM)
    page.get_by_label("Your e-mail address").fill("x" * 80)
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("alert").get_by_role("link").count() == 4
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_desks_form_and_list_violate_no_rule(site, page, admin_user):
    correction = make_correction(token=RECEIPT, email="reader@example.org")
    open_desk(page, site, admin_user, f"/admin/directory/correction/{correction.pk}/change/")
    assert violations(page) == []
    page.goto(f"{site}/admin/directory/correction/")
    assert violations(page) == []
