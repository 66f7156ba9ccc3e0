"""Browsers' validators change with the program, although the content stays."""

import shutil

import pytest
from django.conf import settings as present_settings

from directory.page_cache.build import FOLDERS, PACKAGES, build_of_the_site


@pytest.fixture
def copy(tmp_path, settings):
    """A copy of the program, which the test may change."""
    for folder in FOLDERS:
        shutil.copytree(present_settings.BASE_DIR / folder, tmp_path / folder)
    shutil.copy(present_settings.BASE_DIR / PACKAGES, tmp_path)
    settings.BASE_DIR = tmp_path
    return tmp_path


def test_the_same_program_is_the_same_build_wherever_it_runs(copy, settings):
    in_the_copy = build_of_the_site()
    settings.BASE_DIR = copy.parent / "moved"
    copy.rename(settings.BASE_DIR)
    assert build_of_the_site() == in_the_copy


@pytest.mark.parametrize(
    "file", ["directory/urls.py", "templates/base.html", "static/css/tokens.css", "requirements.txt"]
)
def test_another_file_is_another_build(copy, file):
    before = build_of_the_site()
    with (copy / file).open("a") as changed:
        changed.write("\n")
    assert build_of_the_site() != before


def test_another_name_of_the_site_is_another_build(settings):
    before = build_of_the_site()
    settings.SITE_NAME = "Another name"
    assert build_of_the_site() != before
