"""Pages stay whole when somebody changes the content between two of their queries."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import connection

from directory.models import City
from tests.city_lists import card_names
from tests.factories import make_city, make_city_priority, make_priority

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_fragments():
    for cache in caches.all():
        cache.clear()


@contextmanager
def changed_before(part_of_query, change):
    """Make a change just before the first query that contains a text, as another process could."""
    changes = [change]

    def execute(run, sql, parameters, many, context):
        if part_of_query in sql and changes:
            changes.pop()()
        return run(sql, parameters, many, context)

    with connection.execute_wrapper(execute):
        yield
    assert not changes, "no query contained the text"


# The map reads the cities after the list has.
MAP = 'MIN("directory_city"."latitude")'


def test_a_city_published_after_the_list_was_read_is_not_in_the_list_nor_found_on_the_map(client):
    make_city(name="Leeds", latitude="53.8", longitude="-1.55")
    with changed_before(MAP, lambda: make_city(name="Cardiff", latitude="51.48", longitude="-3.18")):
        response = client.get("/cities/?nation=england")
    assert response.status_code == 200
    assert card_names(response) == ["Leeds"]
    assert "The map shows one city in England (Leeds)." in response.text


def test_a_city_deleted_after_the_list_was_read_is_neither_in_the_list_nor_on_the_map(client):
    ashford = make_city(name="Ashford")
    make_city(name="Leeds", latitude="53.8", longitude="-1.55")
    with changed_before(MAP, lambda: City.objects.filter(pk=ashford.pk).delete()):
        response = client.get("/cities/")
    assert "Leeds" in response.text
    assert "Ashford" not in response.text


def test_a_city_deleted_after_its_neighbours_were_read_is_left_out(client):
    leeds = make_city(name="Leeds", slug="leeds", latitude="53.8", longitude="-1.55")
    wakefield = make_city(name="Wakefield", latitude="53.68", longitude="-1.5")
    priority = make_priority()
    make_city_priority(leeds, priority), make_city_priority(wakefield, priority)
    with changed_before('"label_side" FROM', lambda: City.objects.filter(pk=wakefield.pk).delete()):
        response = client.get("/cities/leeds/")
    assert response.status_code == 200
    assert "Wakefield" not in response.text
