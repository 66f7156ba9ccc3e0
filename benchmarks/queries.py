"""Print the number of database queries of each URL given: the first time, and again from the cache."""

import json
import os
import sys
from io import BytesIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")
django.setup()

from django.db import connection  # noqa: E402 – Django has to be set up first
from django.test.utils import CaptureQueriesContext  # noqa: E402

from learningcities.wsgi import application  # noqa: E402


def count(url: str) -> int:
    """Return the number of queries of one request."""
    path, _, query = url.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "br",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    with CaptureQueriesContext(connection) as queries:
        b"".join(application(environ, lambda *arguments: None))
    return len(queries)


sys.stdout.write(json.dumps({url: [count(url), count(url)] for url in sys.argv[1:]}))
