"""What the log says of accounts, each once, and what it does not say."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.cache import cache

from directory.accounts.signals import connect_signals

PASSWORD = "a-long-enough-password"
SIGNALS = (
    user_logged_in,
    user_logged_out,
    user_login_failed,
    user_locked_out,
    authentication_failed,
    authenticator_added,
    authenticator_removed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    cache.clear()
    return User.objects.create_superuser("ada", password=PASSWORD)


@pytest.fixture
def lines(caplog):
    """What was logged of accounts since the last time that this was called."""
    caplog.set_level(logging.INFO)

    def since():
        said = [record.getMessage() for record in caplog.records if record.name == "directory.accounts"]
        caplog.clear()
        return said

    return since


@pytest.fixture
def set_up_twice():
    """The app, set up twice as when it is loaded again, and not more."""
    for signal in SIGNALS:
        assert signal.disconnect(dispatch_uid="accounts")
    connect_signals()
    connect_signals()


@pytest.mark.usefixtures("set_up_twice")
def test_every_event_is_one_line_however_often_the_app_is_set_up(client, rf, ada, lines):
    for _ in range(5):
        client.post("/account/login/", {"login": "ada", "password": "wrong"})
    failed, locked_out = (
        "a sign-in failed",
        "a username is locked out for an IP address after too many failures",
    )
    assert sorted(lines()) == sorted([*[failed] * 5, locked_out])
    client.force_login(ada)
    client.logout()
    assert lines() == [f"account {ada.pk} signed in", f"account {ada.pk} signed out"]
    request, app = rf.get("/"), Authenticator(user=ada, type=Authenticator.Type.TOTP)
    for signal, verb in ((authenticator_added, "added"), (authenticator_removed, "removed")):
        signal.send(sender=Authenticator, request=request, user=ada, authenticator=app)
        assert lines() == [f"account {ada.pk} {verb} a second factor: totp"]


@pytest.mark.usefixtures("set_up_twice")
def test_a_wrong_code_counts_as_one_failure(client, rf, ada, lines):
    request = rf.post("/account/second-factor/authenticate/")
    authentication_failed.send(sender=Authenticator, request=request, user=ada, reauthentication=False)
    assert lines() == ["a sign-in failed"]


def test_who_leaves_without_having_signed_in_is_no_event(client, lines):
    client.logout()
    assert lines() == []


def test_a_session_ends_after_a_working_day_however_it_began(client, ada, settings):
    client.force_login(ada)
    assert 0 < client.session.get_expiry_age() <= settings.WORKING_DAY.total_seconds()
    assert client.session["_session_expiry"]
