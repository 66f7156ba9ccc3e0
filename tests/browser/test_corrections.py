"""A correction, from the public form to the outcome at its receipt."""

import pytest

from tests.browser.steps import follow, press, sign_in, violations
from tests.factories import make_correction
from tests.pages import RECEIPT

FORM = "/cities/wolverhampton/correction/"


@pytest.fixture(autouse=True)
def typed_fast(settings):
    """A browser that is driven types faster than anybody."""
    settings.CORRECTION_MIN_SECONDS = 0


def open_admin(page, site, user, url):
    sign_in(page.context, site, user)
    page.goto(site + url)


def test_a_correction_goes_from_the_city_page_to_the_admin_and_its_outcome_to_the_sender(
    site, browser, admin_user
):
    public = browser.new_context(java_script_enabled=False)
    page = public.new_page()
    page.goto(f"{site}/cities/wolverhampton/")
    assert public.cookies() == []
    follow(page, "Something wrong on this page?")
    page.get_by_label("What is wrong?").fill("It says 2014.")
    page.get_by_label("How do you know?").fill("I was there.")
    page.get_by_label("Your e-mail address").fill("reader@example.org")
    press(page, "Send the correction")
    assert page.get_by_label("What is wrong?").input_value() == "It says 2014."
    page.get_by_role("link", name="Say what the page should say").click()
    page.get_by_label("What should it say?").fill("It was 2015.")
    press(page, "Send the correction")
    receipt = page.url
    assert "We have received your correction" in page.inner_text("main")
    assert receipt in page.inner_text("main")

    staff = browser.new_context().new_page()
    heard = []
    staff.on("console", lambda message: heard.append(message.text))
    open_admin(staff, site, admin_user, "/admin/directory/correction/")
    follow(staff, "Wolverhampton")
    assert "It was 2015." in staff.inner_text("#content")
    staff.get_by_label("State").select_option("Accepted")
    staff.get_by_label("Answer").fill("Corrected, thank you.")
    press(staff, "Save")
    assert "was changed successfully" in staff.inner_text("body")
    assert heard == []

    page.goto(receipt)
    assert "You were right" in page.inner_text("main")
    assert "Corrected, thank you." in page.inner_text("main")
    assert "reader@example.org" not in page.content()


def test_going_back_from_the_receipt_finds_what_was_typed(site, page):
    page.goto(site + FORM)
    for label in ("What is wrong?", "What should it say?", "How do you know?"):
        page.get_by_label(label).fill("Something.")
    press(page, "Send the correction")
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
    press(page, "Send the correction")
    assert page.get_by_role("alert").get_by_role("link").count() == 4
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_forms_and_lists_of_the_admin_violate_no_rule(site, page, admin_user):
    correction = make_correction(token=RECEIPT, email="reader@example.org")
    open_admin(page, site, admin_user, f"/admin/directory/correction/{correction.pk}/change/")
    assert violations(page) == []
    page.goto(f"{site}/admin/directory/correction/")
    assert violations(page) == []
