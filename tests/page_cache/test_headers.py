"""Headers that Django sends with a page, and what the cache makes of them."""

from types import SimpleNamespace

import pytest

from directory.page_cache.application import PageCache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(request_environ):
    """Ask twice for a page that Django answers with these headers, and return the last response."""

    def ask(*headers, status="200 OK"):
        def inner(environ, start_response):
            response.asked += 1
            start_response(status, list(headers))
            return [b"About"]

        def start_response(status, headers):
            response.headers = headers

        response, cache = SimpleNamespace(asked=0, headers=[]), PageCache(inner, build="1")
        for _ in range(2):
            response.environ = request_environ("/about/")
            b"".join(cache(response.environ, start_response))
        return response

    return ask


@pytest.mark.parametrize("name", ["Set-Cookie", "set-cookie"])
def test_a_page_that_sets_a_cookie_is_never_stored(answered, name):
    assert answered(("Content-Type", "text/html"), (name, "a=b")).asked == 2


def test_a_page_without_a_cookie_is_stored(answered):
    assert answered(("Content-Type", "text/html")).asked == 1


@pytest.mark.parametrize("name", ["ETag", "etag", "Vary", "content-length"])
def test_headers_that_the_cache_writes_itself_are_sent_once(answered, name):
    headers = answered(("Content-Type", "text/html"), (name, "of Django")).headers
    names = [sent.lower() for sent, _ in headers]
    assert len(names) == len(set(names))
    assert (name, "of Django") not in headers


@pytest.mark.parametrize("name", ["Cache-Control", "cache-control"])
def test_the_policy_that_an_error_sets_itself_stays(answered, name):
    response = answered(("Content-Type", "text/html"), (name, "max-age=60"), status="404 Not Found")
    assert [value for sent, value in response.headers if sent.lower() == "cache-control"] == ["max-age=60"]


def test_an_error_without_a_policy_is_asked_for_again(answered):
    response = answered(("Content-Type", "text/html"), status="404 Not Found")
    assert ("Cache-Control", "no-cache") in response.headers
