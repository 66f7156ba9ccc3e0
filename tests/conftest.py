"""What all tests share."""

import os
import shutil
from pathlib import Path

import pytest

from directory.models import City
from tests.content import put_content
from tests.factories import make_correction
from tests.pages import RECEIPT
from tests.servers import postgresql

EVERYTHING = bool(os.environ.get("EVERYTHING"))
NEEDS = {
    "browser": ("chromium", "apt-get install chromium"),
    "postgresql": ("initdb", "apt-get install postgresql"),
    "validator": ("java", "apt-get install default-jre-headless"),
}


def is_here(program):
    """Whether the program can be run; Debian keeps PostgreSQL's off the path."""
    return bool(shutil.which(program) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))


@pytest.fixture
def content(db):
    """The directory with all its real content."""
    put_content()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_database(request, tmp_path_factory):
    """The address of an empty database of either kind, for one module; mark it `postgresql`."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'db.sqlite3'}"
    else:
        with postgresql() as server:
            yield server.url


@pytest.fixture
def receipt(content):
    """A correction whose receipt is among the pages that tests try."""
    return make_correction(City.objects.get(slug="wolverhampton"), token=RECEIPT)


def pytest_collection_modifyitems(items):
    """Leave out what this machine cannot run, unless everything was asked for: then it fails by itself."""
    for item in items:
        for marker, (program, _) in NEEDS.items():
            if item.get_closest_marker(marker) and not is_here(program) and not EVERYTHING:
                item.add_marker(pytest.mark.skip(reason=f"no {program} on this machine"))


def pytest_terminal_summary(terminalreporter):
    """Say in one line each what was left out, and how to get it."""
    if terminalreporter.stats.get("skipped"):
        for marker, (program, remedy) in NEEDS.items():
            if not is_here(program):
                terminalreporter.write_line(f"Not run: {marker} tests (no {program} here: {remedy}).")
