"""The site as gunicorn sees it: a WSGI application with its store of pages."""

from io import BytesIO
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.core.wsgi import get_wsgi_application

from directory.page_cache.application import PageCache


def environ_of(target, method="GET", **environ):
    """Return the request as a server passes it on; header names are written as WSGI has them."""
    path, _, query = target.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": quote(query, safe="=&%+-_.~"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    } | environ


def ask(application, target, method="GET", **environ):
    """Send one request, and return what was answered."""
    answer = SimpleNamespace(status=0, headers={}, body=b"")

    def start_response(status, headers, exc_info=None):
        answer.status, answer.headers = int(status[:3]), dict(headers)

    body = application(environ_of(target, method, **environ), start_response)
    answer.body = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return answer


@pytest.fixture
def application():
    """The whole site with an empty store, and a count of how often Django was asked."""
    inner = get_wsgi_application()

    def counted(environ, start_response):
        cache.asked += 1
        return inner(environ, start_response)

    cache = PageCache(counted, build="1")
    cache.asked = 0
    return cache


@pytest.fixture
def request_environ():
    """Return what a server passes on of a request."""
    return environ_of


@pytest.fixture
def visit(application):
    """Ask the site for a page."""
    return lambda target, method="GET", **environ: ask(application, target, method, **environ)
