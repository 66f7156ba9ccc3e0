"""A few small fixtures for the tests of the loader."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def fixtures(tmp_path):
    """A copy of a few small fixtures, to change."""
    return shutil.copytree(Path(__file__).with_name("fixtures"), tmp_path / "fixtures")
