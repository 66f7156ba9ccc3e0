"""What all tests share."""

import os
import shutil

import pytest

from tests.content import put_content

EVERYTHING = bool(os.environ.get("EVERYTHING"))
NEEDS = {
    "browser": ("chromium", "apt-get install chromium"),
    "validator": ("java", "apt-get install default-jre-headless"),
}


@pytest.fixture
def content(db):
    """The directory with all its real content."""
    put_content()


def pytest_collection_modifyitems(items):
    """Leave out what this machine cannot run, unless everything was asked for: then it fails by itself."""
    for item in items:
        for marker, (program, _) in NEEDS.items():
            if item.get_closest_marker(marker) and not shutil.which(program) and not EVERYTHING:
                item.add_marker(pytest.mark.skip(reason=f"no {program} on this machine"))


def pytest_terminal_summary(terminalreporter):
    """Say in one line each what was left out, and how to get it."""
    if terminalreporter.stats.get("skipped"):
        for marker, (program, remedy) in NEEDS.items():
            if not shutil.which(program):
                terminalreporter.write_line(f"Not run: {marker} tests (no {program} here: {remedy}).")
