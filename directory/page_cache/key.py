"""Which requests may be answered from the cache, and under which key."""

from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

MAX_PORT_DIGITS = 5
MAX_PATHS = 2_000


class CacheKey(NamedTuple):
    """What identifies a response, apart from its encoding and the content."""

    origin: str
    path: str
    query: str


def cache_key(environ: dict[str, Any]) -> CacheKey | None:
    """Return the key of a request's response, or None if Django has to answer it."""
    path, query_string = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or len(query_string) > settings.QUERY_MAX_CHARACTERS:
        return None
    if environ.get("SCRIPT_NAME"):  # would be in every link of the page
        return None
    parameters = cache_parameters(path)
    if parameters is None:
        return None
    origin = _origin(environ)
    return None if origin is None else CacheKey(origin, path, canonical_query(parameters, query_string))


@lru_cache(MAX_PATHS)
def cache_parameters(path: str) -> tuple[str, ...] | None:
    """Return the query parameters that the view at a path declares, or None if it may not be cached.

    A view declares them as `cache_parameters`: on its class, or on itself if it is a function.
    """
    try:
        view = resolve(path).func
    except Resolver404:  # a static file, a health check, or a URL that leads nowhere
        return None
    declared: tuple[str, ...] | None = getattr(getattr(view, "view_class", view), "cache_parameters", None)
    return declared


def canonical_query(parameters: tuple[str, ...], query: str) -> str:
    """Return these parameters of a query in one order, without blanks."""
    pairs = parse_qsl(query)
    asked = {(parameters.index(name), value.strip()) for name, value in pairs if name in parameters}
    return urlencode([(parameters[number], value) for number, value in sorted(asked) if value])


def _origin(environ: dict[str, Any]) -> str | None:
    """Return scheme and host, if Django would accept them and not redirect."""
    host = environ.get("HTTP_HOST", "")
    domain, port = split_domain_port(host)
    if not domain or len(port) > MAX_PORT_DIGITS or not validate_host(domain, settings.ALLOWED_HOSTS):
        return None
    scheme = environ["wsgi.url_scheme"]
    if header := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = header
        scheme = "https" if environ.get(name, "").split(",")[0].strip() == secure else "http"
    if settings.SECURE_SSL_REDIRECT and scheme != "https":
        return None
    return f"{scheme}://{host}"
