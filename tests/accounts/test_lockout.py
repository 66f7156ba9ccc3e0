"""Which attempts to sign in belong together."""

import pytest

from directory.accounts.lockout import attempted_username, client_ip


@pytest.mark.parametrize("typed", ["ada", "Ada", " ada", "ADA\t", "\u00a0ada "])
def test_capitals_and_blanks_make_no_other_name(rf, typed):
    assert attempted_username(rf.post("/account/login/", {"login": typed}), None) == "ada"
    assert attempted_username(rf.post("/account/login/"), {"username": typed}) == "ada"


def test_the_name_that_was_authenticated_goes_before_the_one_in_the_form(rf):
    assert attempted_username(rf.post("/account/login/", {"login": "bob"}), {"username": "ada"}) == "ada"


def test_an_attempt_without_a_name_has_an_empty_one(rf):
    assert attempted_username(rf.post("/account/login/"), None) == ""
    assert attempted_username(rf.post("/account/login/"), {"username": None}) == ""


def test_an_attempt_comes_from_where_the_connection_does(rf):
    assert client_ip(rf.get("/", REMOTE_ADDR="192.0.2.7")) == "192.0.2.7"


def test_a_connection_without_an_ip_address_comes_from_nowhere(rf):
    assert client_ip(rf.get("/", REMOTE_ADDR="")) is None
