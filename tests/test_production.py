"""The site as it is deployed: gunicorn, WhiteNoise, no debugging, a database of its own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """The address of a site that runs in production mode, but for the certificate."""
    folder = tmp_path_factory.mktemp("production")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "false",
        "HTTPS_ONLY": "false",
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "elsewhere.example, 127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
    }
    for command in (["migrate"], ["load_content"], ["collectstatic", "--noinput"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
            capture_output=True,
        )
    log = (folder / "log").open("w")
    gunicorn = Path(sys.executable).with_name("gunicorn")
    server = subprocess.Popen(
        [gunicorn, "learningcities.wsgi", "--bind", f"127.0.0.1:{port}"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_live(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()


def wait_until_live(address):
    for _ in range(100):
        try:
            fetch(f"{address}/health/live/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The site did not start within ten seconds.")


def fetch(address, **headers):
    try:
        answer = urllib.request.urlopen(urllib.request.Request(address, headers=headers))  # noqa: S310
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


def test_pages_are_served(production):
    status, headers, body = fetch(f"{production}/cities/wolverhampton/")
    assert status == 200
    assert "Wolverhampton City Learning Region" in body.decode()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/", "/cities/", "/cities/wolverhampton/"])
def test_a_first_view_is_at_most_70_kilobytes_on_the_wire(production, path):
    brotli = {"Accept-Encoding": "br"}
    _, headers, page = fetch(production + path, **brotli)
    assert headers["Content-Encoding"] == "br"
    sizes = {path: len(page)}
    _, _, plain = fetch(production + path)
    for asset in set(re.findall(r'(?:href|src)="(/static/[^"#]+)', plain.decode())):
        sizes[asset] = len(fetch(production + asset, **brotli)[2])
    assert sum(sizes.values()) <= 70_000, sizes


def test_static_files_are_hashed_compressed_and_kept_for_ever(production):
    _, _, body = fetch(production)
    (style,) = re.findall(r'href="(/static/css/tokens\.[0-9a-f]+\.css)"', body.decode())
    status, headers, _ = fetch(production + style, **{"Accept-Encoding": "br"})
    assert status == 200
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]


def test_the_maps_outline_is_found_under_its_hashed_name(production):
    _, _, body = fetch(production)
    (outline,) = set(re.findall(r'href="(/static/img/uk-outline\.[0-9a-f]+\.svg)#', body.decode()))
    status, headers, drawing = fetch(production + outline)
    assert status == 200
    assert headers["Content-Type"] == "image/svg+xml"
    assert b'id="england"' in drawing


@pytest.mark.parametrize("path", ["/nowhere/", "/cities/atlantis/", "/static/nothing.css"])
def test_what_is_not_there_is_a_404_without_a_traceback(production, path):
    status, _, body = fetch(production + path)
    assert status == 404
    assert "Traceback" not in body.decode()
    assert "Page not found" in body.decode()


def test_a_strange_host_is_refused_in_the_sites_own_look(production):
    status, _, body = fetch(production, Host="evil.example")
    assert status == 400
    assert "We could not understand that request" in body.decode()


def test_the_desk_asks_to_sign_in_and_forms_are_protected(production):
    status, headers, _ = fetch(f"{production}/admin/login/")
    assert status == 200
    assert "unsafe" not in headers["Content-Security-Policy"]
    request = urllib.request.Request(f"{production}/admin/login/", data=b"username=a&password=b")  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)  # noqa: S310
    assert refused.value.code == 403
    assert "Go back, load the page again" in refused.value.read().decode()
