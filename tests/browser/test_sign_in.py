"""A member of staff adds a second factor and signs in with it, in light and dark, at any width."""

from time import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache

from tests.browser.steps import follow, press, violations

PASSWORD = "a-long-enough-password"


@pytest.fixture(params=[("light", 1280), ("dark", 320)], ids=["light and wide", "dark and narrow"])
def browser_context_args(browser_context_args, request):
    colour_scheme, width = request.param
    return browser_context_args | {
        "color_scheme": colour_scheme,
        "viewport": {"width": width, "height": 800},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def site_url(transactional_db, live_server, settings):
    """The URL of a site that asks for a second factor; a passkey needs a name, not a number."""
    cache.clear()
    settings.REQUIRE_SECOND_FACTOR = True
    User.objects.create_superuser("ada", password=PASSWORD)
    return f"http://localhost:{live_server.thread.port}"


@pytest.fixture
def passkey_device(page):
    """A device with a fingerprint reader, and a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def forget():
        session.send("WebAuthn.clearCredentials", {"authenticatorId": added["authenticatorId"]})

    return forget


@pytest.fixture
def check(page, messages):
    """Look at a page as axe-core does, and at what the console said."""

    def look(heading):
        page.get_by_role("heading", name=heading, level=1).wait_for()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), heading
        # The page of a lock-out is an error to the browser, and rightly.
        assert [message for message in messages if "429" not in message] == []

    return look


def sign_in(page, password=PASSWORD):
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def sign_out(page, site_url):
    page.goto(f"{site_url}/account/logout/")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Sign out").click()


@pytest.mark.usefixtures("passkey_device")
def test_a_passkey_is_added_at_the_first_sign_in_and_then_is_all_it_takes(site_url, page, check):
    page.goto(f"{site_url}/admin/")
    check("Sign in to the admin")
    sign_in(page)
    check("How you sign in")
    follow(page, "Add a passkey")
    check("Add a passkey")
    press(page, "Add the passkey")
    check("Keep your recovery codes")
    assert page.locator(".account__codes li").count() == 10
    follow(page, "I have saved them: go to the admin")
    page.wait_for_url(f"{site_url}/admin/")
    page.goto(f"{site_url}/account/second-factor/webauthn/")
    check("Your passkeys")
    follow(page, "Sign out")
    check("Sign out")
    sign_out(page, site_url)
    check("Sign in to the admin")
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"{site_url}/admin/")


@pytest.mark.usefixtures("passkey_device")
def test_a_passkey_is_the_second_step_after_a_password_too(site_url, page, check):
    page.goto(f"{site_url}/admin/")
    sign_in(page)
    follow(page, "Add a passkey")
    press(page, "Add the passkey")
    check("Keep your recovery codes")
    sign_out(page, site_url)
    sign_in(page)
    check("One more step")
    press(page, "Use a passkey")
    page.wait_for_url(f"{site_url}/admin/")


def test_a_passkey_that_is_not_there_is_explained_in_the_page(site_url, page, passkey_device, check):
    page.goto(f"{site_url}/account/login/")
    passkey_device()
    assert page.get_by_role("alert").count() == 0
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").filter(has_text="The passkey did not work").wait_for()
    check("Sign in to the admin")


def test_an_app_is_added_and_its_code_is_the_second_step(site_url, page, check):
    page.goto(f"{site_url}/admin/")
    sign_in(page)
    follow(page, "Add an app")
    check("Add an authenticator app")
    assert page.get_by_role("img", name="QR code").bounding_box()["width"] > 150
    key = page.locator(".account__key").inner_text()
    page.get_by_label("Authenticator code").fill("nonsense")
    press(page, "Add the app")
    assert page.get_by_text("This code is wrong or has expired").is_visible()
    check("Add an authenticator app")
    assert page.locator(".account__key").inner_text() == key
    page.get_by_label("Authenticator code").fill(code_of(key))
    press(page, "Add the app")
    check("Keep your recovery codes")
    recovery_code = page.locator(".account__codes li").first.inner_text()
    sign_out(page, site_url)
    sign_in(page)
    check("One more step")
    page.get_by_label("Code").fill(recovery_code)
    press(page, "Sign in")
    page.wait_for_url(f"{site_url}/admin/")


def code_of(key):
    """The code that an app shows."""
    return format_hotp_value(hotp_value(key, int(time()) // 30))


def test_who_guesses_is_locked_out_with_a_page_that_says_what_to_do(site_url, page, check):
    page.goto(f"{site_url}/account/login/")
    for _ in range(4):
        sign_in(page, "a-wrong-password")
        assert page.get_by_text("The user name or the password is wrong").is_visible()
    check("Sign in to the admin")
    sign_in(page, "a-wrong-password")
    check("Too many attempts")


@pytest.mark.usefixtures("passkey_device")
def test_the_other_pages_of_an_account_obey_the_same_rules(site_url, page, check):
    page.goto(f"{site_url}/admin/")
    sign_in(page)
    follow(page, "Add a passkey")
    press(page, "Add the passkey")
    check("Keep your recovery codes")
    follow(page, "Change your password")
    check("Change your password")
    for path, heading in {
        "reauthenticate/": "Confirm that it is you",
        "second-factor/webauthn/reauthenticate/": "Confirm that it is you",
        "second-factor/reauthenticate/": "Confirm that it is you",
        "second-factor/recovery-codes/generate/": "Recovery Codes",
        "second-factor/": "How you sign in",
    }.items():
        page.goto(f"{site_url}/account/{path}")
        check(heading)
