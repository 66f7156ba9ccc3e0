"""The container, without an engine: what its files promise, and the same start sequence by hand."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.servers import fetch, free_port

ROOT = Path(settings.BASE_DIR)
LINES = re.findall(r"^([A-Z]+) (.+)$", (ROOT / "Dockerfile").read_text().replace("\\\n", " "), re.MULTILINE)
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]


def said(instruction):
    """What the Dockerfile says with this instruction, in its order."""
    return [words for name, words in LINES if name == instruction]


def copied():
    """Pairs of a source in the tree and where it goes."""
    for words in said("COPY"):
        *sources, target = words.split()
        if not sources[0].startswith("--from"):
            yield from ((source, target) for source in sources)


class TestTheDockerfile:
    def test_copies_only_what_is_in_the_tree_and_not_ignored(self):
        ignored = (ROOT / ".dockerignore").read_text().split()
        for source, _ in copied():
            assert (ROOT / source).exists(), source
            assert not any(fnmatch(source, pattern) for pattern in ignored), source

    def test_copies_every_folder_that_the_site_is_made_of(self):
        sources = {source for source, _ in copied()}
        assert {"learningcities", "directory", "templates", "static", "fixtures"} <= sources

    def test_keeps_what_is_private_out_of_the_image(self):
        ignored = (ROOT / ".dockerignore").read_text().split()
        for private in (".git", ".env", "db.sqlite3", "db.sqlite3-wal"):
            assert any(fnmatch(private, pattern) for pattern in ignored), private

    def test_installs_exactly_what_was_tested(self):
        (install,) = (words for words in said("RUN") if "pip install" in words)
        assert "--require-hashes -r requirements.txt" in install

    def test_needs_the_network_for_its_packages_alone(self):
        assert not re.search(
            r"curl|wget|apt-get|git clone|npm|https?://", " ".join(said("RUN") + said("ADD"))
        )

    def test_runs_as_nobody_in_particular(self):
        assert int(said("USER")[-1]) > 0

    @pytest.mark.parametrize("instruction", ["CMD", "HEALTHCHECK"])
    def test_starts_without_a_shell(self, instruction):
        (words,) = said(instruction)
        assert all(isinstance(part, str) for part in json.loads(words.removeprefix("CMD ")))

    def test_has_a_python_that_the_project_allows(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        least = tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))
        for image in said("FROM"):
            version = re.match(r"python:(\d+)\.(\d+)-slim", image)
            assert tuple(map(int, version.groups())) >= least

    def test_has_the_same_base_at_build_and_at_run(self):
        assert len({image.split()[0] for image in said("FROM")}) == 1


class TestTheServices:
    def test_wait_for_what_they_need(self):
        assert "healthcheck" in SERVICES["database"]
        assert SERVICES["content"]["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert SERVICES["web"]["depends_on"] == {"content": {"condition": "service_completed_successfully"}}
        assert SERVICES["proxy"]["depends_on"] == ["web"]

    def test_load_the_content_once_a_start(self):
        assert SERVICES["content"]["restart"] == "no"
        assert "command" not in SERVICES["web"], "it starts as the image does"

    def test_have_no_secret_with_a_default(self):
        text = (ROOT / "compose.yaml").read_text()
        for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
            uses = re.findall(rf"\$\{{{name}(.)", text)
            assert uses
            assert set(uses) == {":"}
            assert f"${{{name}:-" not in text

    def test_are_reached_through_the_proxy_alone(self):
        assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
        assert SERVICES["proxy"]["ports"] == ["80:80", "443:443"]
        assert "web:8000" in SERVICES["proxy"]["command"]

    def test_gain_no_privileges(self):
        for service in SERVICES.values():
            assert service["security_opt"] == ["no-new-privileges:true"]
        for name in ("content", "web"):
            assert SERVICES[name]["read_only"] is True
            assert SERVICES[name]["cap_drop"] == ["ALL"]

    def test_keep_the_database_and_the_certificates(self):
        kept = {
            volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])
        }
        assert kept == set(COMPOSE["volumes"])

    def test_are_told_only_of_what_the_site_reads(self):
        known = (ROOT / ".env.example").read_text()
        for name in SERVICES["web"]["environment"]:
            assert f"{name}=" in known, name

    def test_read_every_other_setting_where_the_site_itself_does(self):
        assert SERVICES["web"]["env_file"] == SERVICES["content"]["env_file"] == ".env"


@pytest.fixture
def container(tmp_path):
    """The folder that the image would hold, and how to run a command in it."""
    site = tmp_path / "site"
    for source, target in copied():
        place = site / target / (source if target == "./" else "")
        place.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, place)
    port = free_port()
    variables = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        **dict(pair.split("=", 1) for pair in said("ENV")[-1].split() if not pair.startswith("PATH=")),
        **{name: value for name, value in SERVICES["web"]["environment"].items() if "$" not in value},
        "STATIC_ROOT": str(site / "staticfiles"),
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "learningcities.example",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }

    def start(command):
        command = [part.replace(":8000", f":{port}") for part in command]
        bind = variables["BIND"].replace(":8000", f":{port}")
        with (tmp_path / "log").open("a") as log:
            return subprocess.Popen(command, cwd=site, env=variables | {"BIND": bind}, stdout=log, stderr=log)

    start.url = f"http://127.0.0.1:{port}"
    return start


@pytest.mark.production
def test_the_start_sequence_leads_to_a_healthy_site(container):
    (collect,) = (words for words in said("RUN") if "manage.py" in words)
    build = ["env", *shlex.split(collect.replace("/venv/bin/python", sys.executable))]
    assert container(build).wait() == 0
    assert container(SERVICES["content"]["command"]).wait() == 0
    server = container(json.loads(said("CMD")[-1]))
    health = json.loads(said("HEALTHCHECK")[-1].removeprefix("CMD "))
    try:
        for _ in range(50):
            if container(health).wait() == 0:
                break
            time.sleep(0.2)
        assert container(health).wait() == 0
        proxied = {"Host": "learningcities.example", "X-Forwarded-Proto": "https"}
        status, headers, page = fetch(f"{container.url}/cities/", **proxied)
        assert status == 200
        assert headers["Strict-Transport-Security"]
        assert b"Wolverhampton" in page
        assert b'href="/static/css/site.' in page
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0, "it stops when it is told to"
    assert container(health).wait() != 0
