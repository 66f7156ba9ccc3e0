"""The site as it is deployed: gunicorn, WhiteNoise, no debugging, a database of its own."""

import gzip
import json
import re
import socket
from types import SimpleNamespace

import brotli
import pytest

from tests.servers import fetch, manage, production_environment, running

pytestmark = pytest.mark.production


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A site that runs in production mode: its URL, and its log."""
    folder = tmp_path_factory.mktemp("production")
    environment = production_environment(f"sqlite:///{folder / 'db.sqlite3'}")
    manage(environment, "prepare")
    with running(environment, folder / "log") as url:
        yield SimpleNamespace(url=url, log=folder / "log")


@pytest.fixture
def production(server):
    """The URL of the site."""
    return server.url


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
    accepted = {"Accept-Encoding": "br"}
    _, headers, page = fetch(production + path, **accepted)
    assert headers["Content-Encoding"] == "br"
    sizes = {path: len(page)}
    _, _, plain = fetch(production + path)
    for asset in set(re.findall(r'(?:href|src)="(/static/[^"#]+)', plain.decode())):
        sizes[asset] = len(fetch(production + asset, **accepted)[2])
    assert sum(sizes.values()) <= 70_000, sizes


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cities/wolverhampton/",
        "/nowhere/",
        "/static/css/tokens.css",
        "/static/nothing.css",
        "/admin/login/",
        "/health/live/",
        "/health/ready/",
        "/cities/?priority=" + "x" * 2_000,
    ],
)
def test_every_answer_has_the_policies_and_tells_no_version(production, path):
    for _ in range(2):  # the second one may be kept
        _, headers, _ = fetch(production + path)
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
        if headers["Content-Type"].startswith("text/html"):
            allowed = headers["Permissions-Policy"].split(", ")
            assert "camera=()" in allowed
            assert {feature for feature in allowed if not feature.endswith("=()")} == {
                "publickey-credentials-get=(self)",
                "publickey-credentials-create=(self)",
            }
        if not path.startswith(("/health/", "/static/")):
            assert "default-src 'self'" in headers["Content-Security-Policy"]
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers.get_all("Server") == ["gunicorn"]
        assert not re.search(r"\d+\.\d+\.\d+|[Dd]jango|[Pp]ython", str(headers))
        assert "X-Powered-By" not in headers


def test_static_files_are_hashed_compressed_and_immutable(production):
    status, headers, _ = fetch(production + style_sheet(production), **{"Accept-Encoding": "br"})
    assert status == 200
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]


def style_sheet(production):
    """The hashed URL of the style sheet of every page."""
    _, _, body = fetch(production)
    (url,) = re.findall(r'href="(/static/css/site\.[0-9a-f]+\.css)"', body.decode())
    return url


def test_one_style_sheet_has_the_rules_of_all_and_finds_the_typeface(production):
    _, headers, body = fetch(production + style_sheet(production))
    assert "Permissions-Policy" not in headers
    assert "@import" not in body.decode()
    assert "@media print {" in body.decode()
    (font,) = re.findall(r'url\("\.\.(/fonts/[^"]+\.[0-9a-f]+\.woff2)"\)', body.decode())
    assert fetch(f"{production}/static{font}")[0] == 200


@pytest.mark.parametrize(
    ("path", "status", "encoding"),
    [
        ("/", 200, "br"),
        ("/cities/atlantis/", 404, "br"),
        ("/cities/?priority=nonsense", 400, "br"),
        ("/nowhere/", 404, "gzip"),
        ("/cities/wolverhampton/correction/", 200, "gzip"),
        ("/account/login/", 200, "gzip"),
    ],
)
def test_every_page_is_compressed_once(production, path, status, encoding):
    answered, headers, body = fetch(production + path, **{"Accept-Encoding": "gzip, br"})
    assert answered == status
    assert headers.get_all("Content-Encoding") == [encoding]
    assert headers.get_all("Content-Length") == [str(len(body))]
    assert [vary for vary in headers.get_all("Vary") if "Accept-Encoding" in vary]
    text = gzip.decompress(body) if encoding == "gzip" else brotli.decompress(body)
    assert b"</html>" in text


def test_the_maps_outline_is_found_under_its_hashed_name(production):
    _, _, body = fetch(production)
    (outline,) = set(re.findall(r'href="(/static/img/uk-basemap\.[0-9a-f]+\.svg)#', body.decode()))
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


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/evil/sitemap.xml", {"SCRIPT_NAME": "/evil"}),
        ("/sitemap.xml", {"Script-Name": "/evil"}),
        ("/sitemap.xml", {"X-Forwarded-Proto": "https"}),
        ("/sitemap.xml", {"X-Forwarded-Ssl": "on"}),
        ("/sitemap.xml", {"X-Forwarded-Host": "evil.example"}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_no_header_that_the_server_itself_would_trust_changes_a_page(production, path, header):
    fetch(production + path, **header)
    _, _, page = fetch(f"{production}/sitemap.xml")
    assert f"<loc>{production}/cities/</loc>" in page.decode()
    assert "evil" not in page.decode()
    assert "https://" not in page.decode().replace("https://www.sitemaps.org", "")


def test_a_database_that_never_answers_is_away_and_holds_nobody_up(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing"
        with running(production_environment(url), tmp_path / "log") as site_url:
            assert fetch(f"{site_url}/health/ready/")[0] == 503
            status, _, body = fetch(f"{site_url}/cities/")
            assert status == 503
            assert "Sorry, the site is not available" in body.decode()
            assert fetch(f"{site_url}/health/live/")[0] == 200


def test_the_admin_asks_to_sign_in_and_forms_are_protected(production):
    status, headers, _ = fetch(f"{production}/admin/login/")
    assert status == 200
    assert "unsafe" not in headers["Content-Security-Policy"]
    status, _, body = fetch(f"{production}/admin/login/", data=b"username=a&password=b")
    assert status == 403
    assert "Go back, reload the page" in body.decode()


def test_the_log_has_a_line_of_json_for_every_request(server):
    _, headers, _ = fetch(f"{server.url}/guides/?secret=1")
    fetch(f"{server.url}/cities/?nation=secret")
    events = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    (event,) = (event for event in events if event["request_id"] == headers["X-Request-ID"])
    assert (event["method"], event["path"], event["status"]) == ("GET", "/guides/", 200)
    assert event["cache"] in ("miss", "hit")
    assert "secret" not in server.log.read_text()
