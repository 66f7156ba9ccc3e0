"""How the site starts: loudly when something is missing, strictly in production."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connections

ROOT = Path(settings.BASE_DIR)
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
        env=kept | {"ENV_FILE": os.devnull} | environment,
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


def test_a_file_of_variables_is_read_and_the_environment_goes_before_it(tmp_path):
    (tmp_path / "variables").write_text("SITE_NAME=From the file\nCONTACT_EMAIL=file@example.org\n")
    command = "from django.conf import settings; print(settings.SITE_NAME, settings.CONTACT_EMAIL)"
    named = PRODUCTION | {"ENV_FILE": str(tmp_path / "variables"), "SITE_NAME": "From the environment"}
    shown = manage("shell", "--no-imports", "--command", command, **named)
    assert shown.stdout.strip() == "From the environment file@example.org"


def test_gunicorn_reads_the_same_file_and_leaves_it_to_the_site_to_read_it_again(tmp_path, monkeypatch):
    (tmp_path / "variables").write_text("WORKERS=7\nBIND=127.0.0.1:9000\n")
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "variables"))
    configured = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert (configured["workers"], configured["bind"]) == (7, "127.0.0.1:9000")
    assert "WORKERS" not in os.environ


def first_page(settings, monkeypatch, hosts, status="200 OK"):
    """Return what gunicorn asks for before the first visitor, and what it logs of the response."""
    settings.ALLOWED_HOSTS = hosts
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test goes on with them
    asked, logged = [], []

    def wsgi(environ, start_response):
        asked.append(environ["HTTP_HOST"])
        if status is None:
            raise RuntimeError("a template is missing")
        start_response(status, [])
        return []

    log = SimpleNamespace(error=lambda text, *values: logged.append(text % values), exception=logged.append)
    configured = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    configured["post_worker_init"](SimpleNamespace(wsgi=wsgi, log=log))
    return asked, logged


@pytest.mark.parametrize(
    ("hosts", "host"),
    [
        (["learning.example"], "learning.example"),
        ([".learning.example"], "learning.example"),
        (["*"], "localhost"),
        (["*", "learning.example"], "learning.example"),
        ([], "localhost"),
    ],
)
def test_gunicorn_renders_its_first_page_under_a_host_that_the_site_has(settings, monkeypatch, hosts, host):
    assert first_page(settings, monkeypatch, hosts) == ([host], [])


def test_a_first_page_that_fails_is_logged(settings, monkeypatch):
    _, logged = first_page(settings, monkeypatch, ["*"], status="400 Bad Request")
    assert logged == ["The warm-up request for /cities/ returned 400 Bad Request."]
    _, logged = first_page(settings, monkeypatch, ["*"], status=None)
    assert logged == ["The warm-up request for /cities/ failed."]


def test_the_example_names_every_variable_that_is_read_and_no_other():
    code = "".join((ROOT / name).read_text() for name in ("learningcities/settings.py", "gunicorn.conf.py"))
    read = set(re.findall(r'(?:env\.\w+|required)\(\s*"([A-Z_]+)"', code))
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert named == read
