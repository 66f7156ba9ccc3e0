"""The site as it is deployed: real gunicorn processes on real databases."""

import atexit
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from django.conf import settings


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def production_environment(database_url, static_root=None):
    """What a production site needs, but for the certificate."""
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DEBUG": "false",
        "HTTPS_ONLY": "false",
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "elsewhere.example, 127.0.0.1",
        "DATABASE_URL": database_url,
        "STATIC_ROOT": static_root or collected_static().name,
        "WORKERS": "1",
    }


@cache
def collected_static():
    """The folder of static files as production serves them, the same for all tests of a process."""
    folder = TemporaryDirectory()
    manage(production_environment("sqlite://:memory:", folder.name), "collectstatic", "--noinput")
    return folder


def manage(environment, *arguments):
    """Run one of the site's commands."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments, "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )


def ask(environment, statement):
    """What a Python statement prints that is run within the site."""
    process = asked(frozenset(environment.items()))
    process.stdin.write(json.dumps(statement) + "\n")
    process.stdin.flush()
    printed, error = json.loads(process.stdout.readline())
    assert not error, error
    return printed.strip()


@cache
def asked(environment):
    """The process that answers, one for all questions to the same site: starting it takes a second."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.answers"],
        cwd=settings.BASE_DIR,
        env={**dict(environment), "DJANGO_SETTINGS_MODULE": "learningcities.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)
    return process


def at_once(environment, *arguments):
    """What three of the site's commands print that are started at the same moment."""
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    printed = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], printed
    return [output for output, _ in printed]


def assert_loaded_once(outputs):
    """Of several processes one created all records, however many there are, and the others none."""
    counts = [re.search(r"Content: (\d+) created, 0 updated, (\d+) unchanged", text) for text in outputs]
    created, unchanged = (sorted(int(found[group]) for found in counts) for group in (1, 2))
    *none, number = created
    assert number > 0
    assert none == [0] * len(none)
    assert unchanged == [0] + [number] * len(none)


@contextmanager
def started(environment, log):
    """Run gunicorn as the project configures it; gives its URL, its process and its log."""
    port = free_port()
    with log.open("w") as output:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("gunicorn")],
            cwd=settings.BASE_DIR,
            env=environment | {"BIND": f"127.0.0.1:{port}"},
            stdout=output,
            stderr=output,
        )
        try:
            wait_until_live(f"http://127.0.0.1:{port}")
            yield SimpleNamespace(url=f"http://127.0.0.1:{port}", process=process, log=log)
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def running(environment, log):
    """Run gunicorn as the project configures it; gives its URL."""
    with started(environment, log) as site:
        yield site.url


@contextmanager
def postgresql():
    """A PostgreSQL server of its own, with ways to stop and start it."""
    with subprocess.Popen(
        [Path(__file__).with_name("with_postgresql"), "sh", "-c", 'echo "$DATABASE_URL $PG_CONTROL"; cat'],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
    ) as server:
        url, control = server.stdout.readline().strip().split(" ", 1)

        def pg_ctl(action):
            subprocess.run(["sh", "-c", f"{control} {action}"], check=True, capture_output=True)

        yield SimpleNamespace(
            url=url, stop=lambda: pg_ctl("--mode fast stop"), start=lambda: pg_ctl("--wait start")
        )
        server.stdin.close()


def wait_until_live(url):
    """Wait for the first answer. Raises TimeoutError after ten seconds."""
    for _ in range(100):
        try:
            fetch(f"{url}/health/live/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("The site did not start within ten seconds.")


def fetch(url, data=None, **headers):
    """Status, headers and body of an answer, whatever its status."""
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310
    try:
        answer = urllib.request.urlopen(request)  # noqa: S310
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()
