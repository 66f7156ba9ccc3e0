"""Whatever is sent, the site answers with a page of its own: never a fault, never the input as markup."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.forms.correction import CorrectionForm, stamp
from directory.forms.directory import DirectoryForm
from directory.models import Correction

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
    "51,-3,52,-2",
    "-90,-180,90,180",
    "1e-999999,0,1,1",
    "NaN,NaN,NaN,NaN",
    "2",
]
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.text(string.printable, max_size=120))
names = st.one_of(st.sampled_from(list(DirectoryForm.base_fields)), st.text(string.ascii_letters, max_size=8))
thorough = settings(max_examples=settings.default.max_examples * 5 // 2)


def check(response):
    assert response.status_code in (200, 301, 302, 400, 404, 405, 414)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert MARKUP not in response.text
        assert "\x00" not in response.text
        assert "Traceback" not in response.text


@thorough
@given(st.lists(st.tuples(names, values), max_size=12))
def test_no_filter_breaks_the_directory(client, pairs):
    query = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    check(client.get("/cities/", query))


@thorough
@given(values)
def test_no_words_break_the_search(client, words):
    check(client.get("/search/", {"q": words}))


@thorough
@given(st.text(max_size=200))
def test_no_query_string_breaks_the_directory(client, text):
    check(client.get("/cities/", QUERY_STRING=text.encode("utf-8", "replace").decode("latin-1")))


@thorough
@given(
    st.sampled_from(["/cities/", "/priorities/", "/partners/", "/networks/", "/guides/", "/news/", "/"]),
    values,
)
def test_no_path_breaks_the_site(client, start, rest):
    check(client.get(start + rest.replace("?", "").replace("#", "") + "/"))


@thorough
@given(
    st.sampled_from(["accept", "accept-language", "cookie", "if-none-match", "referer", "x-forwarded-host"]),
    st.text(string.printable.replace("\r", "").replace("\n", ""), max_size=200),
)
def test_no_header_breaks_a_page(client, name, value):
    check(client.get("/cities/belfast/", headers={name: value}))


@thorough
@given(st.sampled_from(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD"]), values)
def test_no_method_changes_or_breaks_anything(client, method, body):
    response = client.generic(method, "/cities/belfast/", body.encode("utf-8", "replace"))
    assert response.status_code in (200, 405)


typed = st.one_of(values, st.text(max_size=3_000), st.just("reader@example.org"))


@thorough
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(CorrectionForm.base_fields, typed)), st.booleans())
def test_nothing_that_is_typed_breaks_the_form_for_corrections(client, settings, fields, is_stamped):
    settings.CORRECTION_MIN_SECONDS = 0
    settings.CORRECTIONS_AN_HOUR = settings.CORRECTIONS_AN_HOUR_A_CITY = 1_000
    if is_stamped:
        fields["rendered_at"] = stamp()
    before = Correction.objects.count()
    response = client.post("/cities/belfast/correction/", fields)
    assert response.status_code in (303, 400)
    assert MARKUP not in response.text
    assert Correction.objects.count() - before in ((0, 1) if response.status_code == 303 else (0,))
    if response.status_code == 303:
        receipt = client.get(response.url)
        assert receipt.status_code == 200
        assert MARKUP not in receipt.text


@thorough
@given(st.one_of(values, st.text(string.ascii_letters + string.digits + "-_=:", max_size=200)))
def test_no_url_of_a_receipt_breaks_the_site(client, rest):
    check(client.get("/corrections/" + rest.replace("?", "").replace("#", "") + "/"))


@thorough
@given(
    st.binary(max_size=500), st.sampled_from(["multipart/form-data; boundary=x", "text/plain", "", "a" * 99])
)
def test_no_body_breaks_the_form_for_corrections(client, body, content_type):
    response = client.generic("POST", "/cities/belfast/correction/", body, content_type=content_type)
    assert response.status_code == 400
