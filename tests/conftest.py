"""What all tests share."""

import os
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from django.test import TransactionTestCase
from xdist.scheduler import LoadScopeScheduling

from directory.models import City
from tests.content import put_content
from tests.factories import make_correction
from tests.pages import RECEIPT
from tests.servers import postgresql

DATABASE_FIXTURES = {"db", "transactional_db"}
EVERYTHING = bool(os.environ.get("EVERYTHING"))
# The marker of tests that need a program, and the package that has it.
PROGRAMS = {"browser": ("chromium", "chromium"), "validator": ("java", "default-jre-headless")}

# No test measures time, which a busy machine has too little of. PostgreSQL gets fewer examples.
UNTIMED = hypothesis.settings(
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.register_profile("sqlite", UNTIMED)
hypothesis.settings.register_profile("postgresql", UNTIMED, max_examples=20)
hypothesis.settings.load_profile(
    "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
)


@pytest.fixture
def content(db):
    """The directory with all its real content."""
    put_content()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("sqlite", marks=pytest.mark.production),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ],
)
def own_database(request, tmp_path_factory):
    """The URL of an empty database of either kind, for one module."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'db.sqlite3'}"
    else:
        with postgresql() as server:
            yield server.url


@pytest.fixture
def receipt(content):
    """A correction whose receipt is among the pages that tests try."""
    return make_correction(City.objects.get(slug="wolverhampton"), token=RECEIPT)


def pytest_itemcollected(item):
    """Mark whatever uses the database, so that only that is run again on PostgreSQL."""
    is_django_test = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    if is_django_test or item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
        item.add_marker(pytest.mark.database)


class ServersTogether(LoadScopeScheduling):
    """Gives the tests of a module that share a server to one process, or it would be started in each."""

    def _split_scope(self, nodeid):
        path = nodeid.split("::")[0]
        if not shares_a_server(path):
            return nodeid
        return path + nodeid.rpartition("[")[2] if nodeid.endswith(("[sqlite]", "[postgresql]")) else path


@cache
def shares_a_server(path):
    """Whether a module of tests has a fixture for all of them."""
    text = Path(path).read_text()
    return 'scope="module"' in text or "own_database" in text


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Have pytest-xdist deal the tests out that way; its own `loadgroup` does nothing with pytest 9."""
    return ServersTogether(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Skip what this machine cannot run, unless everything was asked for: then it fails by itself."""
    for marker in () if EVERYTHING else (*PROGRAMS, "postgresql"):
        marked = [item for item in items if item.get_closest_marker(marker)]
        if marked and (reason := why_not(marker)):
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=reason))


@cache
def why_not(marker):
    """Return why tests with this marker cannot be run here and what helps; empty if they can."""
    if marker == "postgresql":
        started = subprocess.run(
            [Path(__file__).with_name("with_postgresql"), "true"], capture_output=True, text=True, check=False
        )
        return started.stderr.strip() if started.returncode else ""
    program, package = PROGRAMS[marker]
    return "" if shutil.which(program) else f"{program} is not installed: apt-get install {package}"


def pytest_terminal_summary(terminalreporter):
    """Say in one line each what was not run, why, and how to get it."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, count in Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped).items():
        terminalreporter.write_line(f"Not run: {count} {'test' if count == 1 else 'tests'}. {reason}")
