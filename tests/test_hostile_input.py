"""Whatever is sent, the site answers with a page of its own: never a fault, never the input as markup."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.forms import DirectoryForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

MARKUP = "<script>alert(1)</script>"
NASTY = [
    "",
    "\x00",
    MARKUP,
    "' OR 1=1 --",
    "%",
    "_",
    "\\",
    "../../etc/passwd",
    "{{ 7*7 }}",
    "9" * 400,
    "-1",
    "1e9",
    "\u202e",
    "\ud7ff",
    "skills-and-work",
    "wales",
    "joined",
    "2",
]
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.text(string.printable, max_size=120))
names = st.one_of(st.sampled_from(list(DirectoryForm.base_fields)), st.text(string.ascii_letters, max_size=8))
patient = settings(
    max_examples=150,
    deadline=None,  # tests never measure time: benchmarks do
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def check(response):
    assert response.status_code in (200, 301, 302, 400, 404, 405, 414)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert MARKUP not in response.text
        assert "\x00" not in response.text
        assert "Traceback" not in response.text


@patient
@given(st.lists(st.tuples(names, values), max_size=12))
def test_no_question_breaks_the_directory(client, pairs):
    query = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    check(client.get("/cities/", query))


@patient
@given(st.text(max_size=200))
def test_no_query_string_breaks_the_directory(client, text):
    check(client.get("/cities/", QUERY_STRING=text.encode("utf-8", "replace").decode("latin-1")))


@patient
@given(
    st.sampled_from(["/cities/", "/priorities/", "/partners/", "/networks/", "/guides/", "/news/", "/"]),
    values,
)
def test_no_path_breaks_the_site(client, start, rest):
    check(client.get(start + rest.replace("?", "").replace("#", "") + "/"))


@patient
@given(
    st.sampled_from(["accept", "accept-language", "cookie", "if-none-match", "referer", "x-forwarded-host"]),
    st.text(string.printable.replace("\r", "").replace("\n", ""), max_size=200),
)
def test_no_header_breaks_a_page(client, name, value):
    check(client.get("/cities/belfast/", headers={name: value}))


@patient
@given(st.sampled_from(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD"]), values)
def test_no_method_changes_or_breaks_anything(client, method, body):
    response = client.generic(method, "/cities/belfast/", body.encode("utf-8", "replace"))
    assert response.status_code in (200, 405)
