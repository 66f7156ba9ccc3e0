"""A database that can be read and not written: full, or read-only. Reading goes on; a save fails in words."""

import pytest
from django.db import connection

from directory.models import City
from tests.admin.forms import filled
from tests.content import put_content
from tests.factories import make_city
from tests.pages import PAGES

LOCKED = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}


def say(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def unwritable(transactional_db, admin_client):
    """Everything is there, and a member of staff signed in, when the database stops taking writes."""
    put_content()
    lock, unlock = LOCKED[connection.vendor]
    say(lock)
    admin_client.raise_request_exception = False
    yield admin_client
    say(unlock)


def test_public_pages_go_on(unwritable, client):
    for url in PAGES.values():
        assert client.get(url).status_code == 200, url


def test_it_is_still_ready_since_most_only_read(unwritable, client):
    assert client.get("/health/ready/").status_code == 200


def test_the_admin_can_still_be_read(unwritable):
    number = City.objects.get(slug="bristol").pk
    for url in ("", "directory/city/", f"directory/city/{number}/change/"):
        assert unwritable.get(f"/admin/{url}").status_code == 200, url


def test_a_form_says_that_nothing_was_saved_and_keeps_what_was_typed(unwritable):
    url = f"/admin/directory/city/{City.objects.get(slug='bristol').pk}/change/"
    response = unwritable.post(url, filled(unwritable.get(url)) | {"summary": "An hour of work."})
    assert response.status_code == 200
    assert "Nothing was saved, because the database cannot be changed at the moment" in response.text
    assert "An hour of work.</textarea>" in response.text


def test_a_deletion_says_that_it_was_not_written(unwritable):
    number = City.objects.get(slug="bristol").pk
    response = unwritable.post(f"/admin/directory/city/{number}/delete/", {"post": "yes"})
    assert response.status_code == 503
    assert "cannot read or save its content" in response.text
    assert "your browser should still have what you typed" in response.text
    assert City.objects.filter(pk=number).exists()


def test_signing_in_says_so_too(unwritable, client, admin_user):
    client.raise_request_exception = False
    response = client.post("/account/login/", {"login": admin_user.username, "password": "password"})
    assert response.status_code == 503
    assert "cannot read or save its content" in response.text


def test_so_does_what_fails_after_the_view_has_answered(unwritable, settings):
    settings.SESSION_SAVE_EVERY_REQUEST = True
    response = unwritable.get("/admin/")
    assert response.status_code == 503
    assert "cannot read or save its content" in response.text


def test_all_is_well_when_it_can_be_written_again(unwritable, client):
    say(LOCKED[connection.vendor][1])
    city = make_city(name="Newly made")
    assert "Newly made" in client.get(city.get_absolute_url()).text
