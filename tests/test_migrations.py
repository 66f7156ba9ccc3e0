"""A database of 10,000 places, as the first version wrote them, is brought to the newest without loss."""

import pytest

from tests.first_schema import FIRST, NUMBER
from tests.servers import ask, fetch, manage, production_environment, running

# Far fewer than there are rows: a migration that asks for each row by itself would take minutes.
MAX_QUERIES = 3_000
MIGRATE = """
from django.core.management import call_command
from django.db import connection
queries = []
def counted(execute, sql, *arguments):
    queries.append(sql)
    return execute(sql, *arguments)
with connection.execute_wrapper(counted):
    call_command("migrate", verbosity=0)
print(len(queries))
"""
REFUSED = """
from django.db import IntegrityError, transaction
def is_refused(**fields):
    try:
        with transaction.atomic():
            City.objects.filter(slug="city-00001").update(**fields)
    except IntegrityError:
        return True
print(
    is_refused(latitude=None, longitude=None, position_source=None),
    is_refused(latitude=10),
    is_refused(slug="city-00002"),
    is_refused(coordinates_as_published="51, 2"),
    is_refused(standfirst=""),
)
"""


@pytest.fixture(scope="module")
def migrated(own_database):
    """What a production site needs, on a database that came from the first schema."""
    environment = production_environment(own_database)
    manage(environment, "migrate", *FIRST)
    ask(environment, "from tests.first_schema import fill; fill()")
    assert int(ask(environment, MIGRATE)) < MAX_QUERIES
    return environment


def test_every_row_is_still_there(migrated):
    tables = (
        "City, CitySection, KeyFact, Membership, Partnership, CityPriority, CityPriority.priorities.through"
    )
    counts = ask(migrated, f"print([model.objects.count() for model in ({tables})])")
    assert counts == str([NUMBER] * 7)


def test_its_rules_hold(migrated):
    ask(migrated, "from django.db import connection; connection.check_constraints()")
    assert ask(migrated, REFUSED) == "True True True True True"


def test_what_is_new_is_valid_in_old_records(migrated):
    ask(migrated, "[record.full_clean() for record in City.objects.order_by('?')[:20]]")
    ask(migrated, "[record.full_clean() for record in CityPriority.objects.order_by('?')[:20]]")


def test_every_published_city_and_version_has_a_standfirst(migrated):
    everyone = "City.objects.exclude(standfirst='')", "City.history.exclude(standfirst='')"
    assert ask(migrated, f"print(*(cities.count() for cities in ({', '.join(everyone)})))") == "10000 10000"


def test_its_pages_answer_and_follow_an_edit(migrated, tmp_path):
    with running(migrated, tmp_path / "log") as url:
        status, _, page = fetch(f"{url}/cities/?page=400")
        assert status == 200
        assert b"City 09599" in page
        assert b"Its text." in fetch(f"{url}/cities/city-09599/")[2]
        ask(migrated, "CitySection.objects.filter(city__slug='city-09599').update(body='Another text.')")
        assert b"Another text." in fetch(f"{url}/cities/city-09599/")[2]
    assert "Traceback" not in (tmp_path / "log").read_text()
