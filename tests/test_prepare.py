"""Bringing a database to where the site can run on it, however many do so at once."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.servers import ask, manage, production_environment

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def environment(own_database):
    return production_environment(own_database)


def test_many_that_start_at_once_prepare_an_empty_database_once(environment):
    at_once = [
        subprocess.Popen(
            [sys.executable, "manage.py", "prepare"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    printed = [process.communicate() for process in at_once]
    assert [process.returncode for process in at_once] == [0, 0, 0], printed
    assert sum("Applying directory.0001_initial" in output for output, _ in printed) == 1
    assert sum("165 created" in output for output, _ in printed) == 1
    assert sum("165 unchanged" in output for output, _ in printed) == 2


def test_what_staff_changed_stays_as_it_is(environment):
    ask(environment, "City.objects.filter(slug='bristol').update(summary='Ours.')")
    manage(environment, "prepare")
    assert ask(environment, "print(City.objects.get(slug='bristol').summary)") == "Ours."
