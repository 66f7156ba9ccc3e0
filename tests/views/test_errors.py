"""What is answered when something is wrong."""

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_cached():
    caches["default"].clear()


def test_a_page_that_is_not_there_names_the_cities_that_are(client):
    make_city(name="Leeds", slug="leeds")
    make_city(name="Atlantis", status="draft")
    text = client.get("/cities/leeds-city/").text
    assert '<a href="/cities/leeds/">Leeds</a>' in text
    assert "Atlantis" not in text


def test_a_city_that_is_new_is_named_at_once(client):
    client.get("/nowhere/")
    make_city(name="Leeds", slug="leeds")
    assert '<a href="/cities/leeds/">Leeds</a>' in client.get("/nowhere/").text


def test_more_than_24_cities_are_left_to_the_directory(client):
    for _ in range(24):
        make_city()
    assert client.get("/nowhere/").text.count('<a href="/cities/') == 24 + 3
    make_city()
    text = client.get("/nowhere/").text
    assert "Cities in this directory" not in text
    assert '<a href="/cities/">All cities</a>' in text


def test_the_cities_are_read_once_for_one_version_of_the_content(client):
    make_city()
    client.get("/nowhere/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/nowhere/")
    assert {query["sql"] for query in queries} == {"SELECT content, structure FROM directory_contentversion"}


def test_a_page_that_is_not_there_needs_no_database(client, monkeypatch):
    def refuse(self):
        raise OperationalError("no route to host")

    monkeypatch.setattr("directory.models.content_version.ContentVersionQuerySet.tokens", refuse)
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no page at /nowhere/." in response.text
    assert '<a href="/cities/">All cities</a>' in response.text
