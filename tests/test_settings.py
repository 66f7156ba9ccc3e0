"""How the site starts: loudly when something is missing, strictly in production."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "x7-" * 20 + "a1b2c3d4e5",
    "ALLOWED_HOSTS": "learningcities.example",
}


def manage(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_without_debug_a_missing_setting_stops_the_start_and_says_what_to_set(missing):
    started = manage("check", **PRODUCTION | {missing: ""})
    assert started.returncode != 0
    assert f"{missing} is not set. Set it in the environment or in .env" in started.stderr


def test_production_passes_djangos_own_checks_for_deployment():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert checked.returncode == 0, checked.stderr


def test_a_database_url_names_the_database():
    shown = manage(
        "shell",
        "--no-imports",
        "--command",
        "from django.conf import settings; print(settings.DATABASES['default']['NAME'])",
        **PRODUCTION | {"DATABASE_URL": "postgres://someone@db.example/atlas"},
    )
    assert shown.stdout.strip() == "atlas"


def test_in_production_staff_need_a_second_factor_unless_a_setting_says_otherwise():
    command = "from django.conf import settings; print(settings.REQUIRE_SECOND_FACTOR)"
    shell = ("shell", "--no-imports", "--command", command)
    assert manage(*shell, **PRODUCTION).stdout.strip() == "True"
    assert manage(*shell, **PRODUCTION, REQUIRE_SECOND_FACTOR="false").stdout.strip() == "False"
