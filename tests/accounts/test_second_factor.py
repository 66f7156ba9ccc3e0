"""Adding and removing a second factor, as a member of staff does it."""

import logging
import re
from time import time

import pytest
from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache

PASSWORD = "a-long-enough-password"
ADD_APP, REMOVE_APP = "/account/second-factor/totp/activate/", "/account/second-factor/totp/deactivate/"
ADD_PASSKEY = "/account/second-factor/webauthn/add/"
METHODS = "account_authentication_methods"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    cache.clear()
    return User.objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def signed_in(client, ada):
    client.post("/account/login/", {"login": "ada", "password": PASSWORD})
    return client


def sign_in_longer_ago(client, seconds):
    session = client.session
    session[METHODS] = [record | {"at": record["at"] - seconds} for record in session[METHODS]]
    session.save()


@pytest.fixture
def add_app(signed_in, django_capture_on_commit_callbacks):
    """Add an app as its owner does."""

    def add():
        page = signed_in.get(ADD_APP).text
        (secret,) = re.findall(r'<code class="account__key">([A-Z2-7]+)</code>', page)
        code = format_hotp_value(hotp_value(secret, int(time()) // 30))
        with django_capture_on_commit_callbacks(execute=True):
            assert signed_in.post(ADD_APP, {"code": code}).status_code == 302

    return add


def log_of(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "directory.accounts"]


def test_the_key_of_an_app_is_rendered_in_the_page_itself(signed_in):
    page = signed_in.get(ADD_APP).text
    (drawing,) = re.findall(r"<div[^>]+QR code[^>]+>(.+?)</div>", page, re.DOTALL)
    assert drawing.strip().startswith("<svg")
    assert "<path" in drawing
    assert "data:" not in drawing


def test_an_app_is_added_and_removed_and_the_log_says_so(signed_in, ada, add_app, caplog):
    caplog.set_level(logging.INFO)
    add_app()
    assert ada.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()
    signed_in.post(REMOVE_APP)
    assert not ada.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()
    lines = log_of(caplog)
    assert f"account {ada.pk} added a second factor: totp" in lines
    assert f"account {ada.pk} removed a second factor: totp" in lines


def test_whoever_has_just_signed_in_is_not_asked_again(signed_in):
    assert signed_in.get(ADD_APP).status_code == 200
    sign_in_longer_ago(signed_in, app_settings.REAUTHENTICATION_TIMEOUT - 60)
    assert signed_in.get(ADD_APP).status_code == 200


def test_whoever_signed_in_some_time_ago_is_asked_for_the_password_again(signed_in):
    sign_in_longer_ago(signed_in, app_settings.REAUTHENTICATION_TIMEOUT + 60)
    assert signed_in.get(ADD_APP).headers["Location"].startswith("/account/reauthenticate/")
    signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    assert signed_in.get(ADD_APP).status_code == 200


def test_a_session_of_which_nobody_knows_when_it_began_is_asked_too(client, ada):
    client.force_login(ada)
    session = client.session
    session.pop(METHODS, None)
    session.save()
    assert client.get(ADD_APP).headers["Location"].startswith("/account/reauthenticate/")


def test_passkeys_are_numbered_until_their_owner_names_them(signed_in, ada):
    assert 'value="Passkey 1"' in signed_in.get(ADD_PASSKEY).text
    TOTP.activate(ada, generate_totp_secret())
    assert 'value="Passkey 1"' in signed_in.get(ADD_PASSKEY).text
    Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data={"credential": {}})
    assert ada.authenticator_set.count() == 2
    assert get_mfa_adapter().generate_authenticator_name(ada, Authenticator.Type.WEBAUTHN) == "Passkey 2"


def test_nobody_signs_up(rf):
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def test_a_wrong_code_is_logged_like_a_wrong_password(client, ada, caplog):
    TOTP.activate(ada, generate_totp_secret())
    client.post("/account/login/", {"login": "ada", "password": PASSWORD})
    client.post("/account/second-factor/authenticate/", {"code": "x"})
    assert log_of(caplog) == ["a sign-in failed"]
