"""Whatever one visitor sends, the next one gets the page as it is, and the store stays small."""

import string

import pytest
from django.urls import clear_script_prefix
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("content")]

HEADERS = """
    ACCEPT ACCEPT_ENCODING ACCEPT_LANGUAGE AUTHORIZATION CACHE_CONTROL COOKIE FORWARDED HOST IF_MODIFIED_SINCE
    IF_NONE_MATCH ORIGIN RANGE REFERER TE USER_AGENT X_FORWARDED_FOR X_FORWARDED_HOST X_FORWARDED_PORT
    X_FORWARDED_PREFIX X_FORWARDED_PROTO X_HTTP_METHOD_OVERRIDE X_ORIGINAL_URL X_REQUEST_ID X_REWRITE_URL
""".split()  # noqa: SIM905 – a list of names reads best as one
MARK = "evil.example"
values = st.one_of(
    st.sampled_from(
        [MARK, "testserver", f"testserver:80@{MARK}", "*", "https", "br;q=0", '"x", W/"y"', "/admin/"]
    ),
    st.text(string.printable.replace("\r", "").replace("\n", ""), max_size=300),
)
targets = st.one_of(
    st.sampled_from(
        ["/", "/cities/", "/cities/belfast/", f"/cities/?q={MARK}", "/cities/?page=1&page=2", "/health/live/"]
    ),
    st.text(string.ascii_letters + string.digits + "/?&=%._-", max_size=60).map(lambda rest: f"/{rest}"),
)


@pytest.fixture(autouse=True)
def no_folder_afterwards():
    """A real server says with each request where the site stands; Django's test client leaves it as it is."""
    yield
    clear_script_prefix()


environs = st.builds(
    lambda headers, script_name: headers | {"SCRIPT_NAME": script_name},
    st.dictionaries(st.sampled_from(HEADERS).map("HTTP_{}".format), values, max_size=4),
    st.sampled_from(["", "/evil"]),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PURGE"]), targets, environs)
def test_no_request_changes_what_the_next_visitor_gets(application, visit, method, target, environ):
    assert visit(target, method, **environ).status < 500
    for path in ("/cities/", "/sitemap.xml"):
        page = visit(path).body.decode()
        assert MARK not in page
        assert "/evil" not in page
    assert application.store.size < 3_000_000
