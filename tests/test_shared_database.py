"""Several processes before one database: an edit shows everywhere at once, and its absence is survived."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.servers import (
    ask,
    assert_loaded_once,
    at_once,
    fetch,
    manage,
    postgresql,
    production_environment,
    running,
)

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def database():
    """A PostgreSQL server of this test's own, which it can stop and start."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def sites(database, tmp_path_factory):
    """Two gunicorn processes that share nothing but the database."""
    folder = tmp_path_factory.mktemp("shared")
    environment = production_environment(database.url)
    manage(environment, "prepare")
    with running(environment, folder / "one") as one, running(environment, folder / "other") as other:
        yield SimpleNamespace(one=one, other=other, environment=environment)


def test_an_edit_shows_in_every_process_at_the_next_request(sites):
    for _ in range(2):
        for site in (sites.one, sites.other):
            assert b"Weaving" not in fetch(f"{site}/cities/belfast/")[2]
    ask(sites.environment, "City.objects.filter(slug='belfast').update(summary='Weaving.')")
    for site in (sites.one, sites.other):
        assert b"Weaving" in fetch(f"{site}/cities/belfast/")[2]


def test_processes_agree_on_validators(sites):
    host = {"Host": "127.0.0.1"}
    tags = {fetch(f"{site}/cities/bristol/", **host)[1]["ETag"] for site in (sites.one, sites.other)}
    assert len(tags) == 1


def test_a_worker_that_has_served_nothing_holds_no_connection(sites, tmp_path):
    count = 'from django.db import connection as c; k = c.cursor(); k.execute("SELECT count(*) FROM '
    count += "pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    count += '"); print(k.fetchone()[0])'
    before = ask(sites.environment, count)
    with running(sites.environment, tmp_path / "log"):
        # PostgreSQL needs a moment to notice that a connection was closed.
        assert any(ask(sites.environment, count) == before or time.sleep(0.1) for _ in range(50))


def test_many_that_load_at_once_load_once(sites):
    for models in (
        "LoadedRecord, City, NewsItem, Guide",
        "Partnership, Partner, Network, Priority",
        "Source,",
    ):
        ask(sites.environment, f"[model.objects.all().delete() for model in ({models})]")
    assert_loaded_once(at_once(sites.environment, "load_content"))


def test_a_backup_goes_from_one_database_to_the_other_and_back_byte_for_byte(sites, tmp_path):
    on_sqlite = sites.environment | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    first, second, third = (str(tmp_path / f"{number}.zip") for number in range(3))
    manage(sites.environment, "backup", first)
    manage(on_sqlite, "migrate")
    manage(on_sqlite, "restore", first)
    manage(on_sqlite, "backup", second)
    manage(sites.environment, "restore", second, "--replace")
    manage(sites.environment, "backup", third)
    assert Path(first).read_bytes() == Path(second).read_bytes() == Path(third).read_bytes()


def test_the_database_may_go_away_and_come_back(sites, database):
    kept = fetch(f"{sites.one}/cities/swansea/")[2]
    database.stop()
    status, headers, body = fetch(f"{sites.one}/cities/swansea/")
    assert (status, body) == (200, kept)
    assert "Stale" in headers["Warning"]
    status, headers, body = fetch(f"{sites.one}/cities/manchester/")
    assert status == 503
    assert b"Sorry, the site is not available" in body
    assert fetch(f"{sites.one}/health/live/")[0] == 200
    assert fetch(f"{sites.one}/health/ready/")[0] == 503
    database.start()
    status, headers, _ = fetch(f"{sites.one}/cities/manchester/")
    assert status == 200
    assert "Warning" not in headers
    assert fetch(f"{sites.one}/health/ready/")[0] == 200
