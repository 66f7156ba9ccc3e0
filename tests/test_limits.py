"""How much the site takes; what is larger is refused at once, in words, and not logged as our mistake."""

import http.client
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tests.servers import fetch, manage, production_environment, running

pytestmark = pytest.mark.production

MEGABYTE = 1024 * 1024
# Without the cookie of a form, its body is not even read.
COOKIE = {"Cookie": "csrftoken=" + "x" * 32}
FORM = {"Content-Type": "application/x-www-form-urlencoded"} | COOKIE
BOUNDARY = "a-boundary"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site that runs in production mode, and its log."""
    folder = tmp_path_factory.mktemp("limits")
    environment = production_environment(f"sqlite:///{folder / 'db.sqlite3'}")
    manage(environment, "prepare")
    with running(environment, folder / "log") as url:
        yield SimpleNamespace(url=url, form=f"{url}/about/", log=folder / "log")


@pytest.fixture(autouse=True)
def no_traceback_in_the_log(site):
    yield
    assert "Traceback" not in site.log.read_text()


def a_file(size):
    """The body of a form with one file, and its headers."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="table"; filename="cities.csv"\r\n\r\n'
    body = head.encode() + b"x" * size + f"\r\n--{BOUNDARY}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"} | COOKIE


def test_a_table_of_5_megabytes_gets_as_far_as_the_form(site):
    body, headers = a_file(5 * MEGABYTE)
    status, _, page = fetch(site.form, data=body, **headers)
    assert status == 403, "its token is what is missing"
    assert b"reload the page" in page


def begin_to_send(site, size, **headers):
    """Status and text of the answer to a large request, of which only the first bytes are sent."""
    host = urlsplit(site.url)
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=5)
    connection.putrequest("POST", "/about/")
    for name, value in ({"Content-Length": str(size)} | headers).items():
        connection.putheader(name, value)
    connection.endheaders(b"the first bytes of many")
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def test_a_larger_request_is_refused_before_it_is_read(site):
    status, page = begin_to_send(site, 10_000 * MEGABYTE, **FORM)
    assert status == 413
    assert "That is too large" in page
    assert "your browser should still have what you typed" in page


def test_a_form_with_too_much_text_is_refused(site):
    status, page = begin_to_send(site, 2 * MEGABYTE + 1, **FORM)
    assert status == 413
    assert "a form up to 2 MB of text" in page


def test_a_form_with_too_many_fields_is_refused(site):
    status, _, page = fetch(site.form, data=b"&".join([b"a=b"] * 5_001), **FORM)
    assert status == 413
    assert b"That is too large" in page


def test_a_body_that_no_form_of_ours_sent_is_not_read(site):
    assert begin_to_send(site, 5 * MEGABYTE)[0] == 403


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/cities/?q=" + "x" * 2_000, {}, 414),
        ("/cities/?q=" + "x" * 4_100, {}, 414),
        ("/cities/", {"X-Long": "x" * 9_000}, 431),
        ("/cities/", {f"X-{number}": "x" for number in range(101)}, 431),
    ],
)
def test_urls_and_headers_that_are_too_long_are_refused(site, path, headers, status):
    refused, sent, page = fetch(site.url + path, **headers)
    assert refused == status
    assert b"Traceback" not in page
    assert "X-Powered-By" not in sent


def test_a_refusal_is_one_line_in_the_log_that_names_its_kind(site):
    begin_to_send(site, 2 * MEGABYTE + 1, **FORM)
    assert "django.security.RequestDataTooBig" in site.log.read_text()
    fetch(site.url, Host="evil.example")
    assert "django.security.DisallowedHost" in site.log.read_text()
