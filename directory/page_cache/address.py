"""Which requests ask for a page that may be kept, and what each of them is called."""

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from directory.forms import DirectoryForm

MAX_QUERY_CHARACTERS = 2_000
PORT_DIGITS = 5
# Not public, or not the same for everybody.
PRIVATE = ("/account/", "/admin/", "/corrections/", "/health/", settings.STATIC_URL)
FORMS = re.compile(r"/cities/[^/]+/correction/")
# What pages ask of their query string; all others ask nothing.
PARAMETERS = {
    re.compile(r"/cities/"): tuple(DirectoryForm.base_fields),
    re.compile(r"/(news|partners)/|/priorities/([^/]+/)?"): ("page",),
}


class PageAddress(NamedTuple):
    """What makes a page the page it is, apart from the content."""

    origin: str
    path: str
    query: str


def page_address(environ: dict[str, Any]) -> PageAddress | None:
    """The page that a request asks for; None if Django has to answer it afresh."""
    path, query_string = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(PRIVATE) or FORMS.fullmatch(path):
        return None
    if environ.get("SCRIPT_NAME"):  # would stand in every link of the page
        return None
    if len(query_string) > MAX_QUERY_CHARACTERS:
        return None
    origin = _origin(environ)
    query = canonical_query(path, query_string)
    if origin is None or query is None:
        return None
    return PageAddress(origin, path, query)


def canonical_query(path: str, query: str) -> str | None:
    """The page's own parameters in one order, blanks left out; None if they cannot be read."""
    names: tuple[str, ...] = next((asked for paths, asked in PARAMETERS.items() if paths.fullmatch(path)), ())
    if not query or not names:
        return ""
    try:
        pairs = parse_qsl(query, max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    except ValueError:
        return None
    asked = {(names.index(name), value.strip()) for name, value in pairs if name in names}
    return urlencode([(names[number], value) for number, value in sorted(asked) if value])


def _origin(environ: dict[str, Any]) -> str | None:
    """Scheme and host, if Django would accept them and not redirect."""
    host = environ.get("HTTP_HOST", "")
    domain, port = split_domain_port(host)
    if not domain or len(port) > PORT_DIGITS or not validate_host(domain, settings.ALLOWED_HOSTS):
        return None
    scheme = environ["wsgi.url_scheme"]
    if header := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = header
        scheme = "https" if environ.get(name, "").split(",")[0].strip() == secure else "http"
    if settings.SECURE_SSL_REDIRECT and scheme != "https":
        return None
    return f"{scheme}://{host}"
