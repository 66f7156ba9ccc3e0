"""Bringing a database to where the site can run on it, however many do so at once."""

import pytest

from tests.servers import ask, assert_loaded_once, at_once, manage, production_environment


@pytest.fixture(scope="module")
def environment(own_database):
    return production_environment(own_database)


def test_many_that_start_at_once_prepare_an_empty_database_once(environment):
    printed = at_once(environment, "prepare")
    assert sum("Applying directory.0001_initial" in output for output in printed) == 1
    assert_loaded_once(printed)


def test_what_staff_changed_stays_as_it_is(environment):
    ask(environment, "City.objects.filter(slug='bristol').update(summary='Ours.')")
    manage(environment, "prepare")
    assert ask(environment, "print(City.objects.get(slug='bristol').summary)") == "Ours."
