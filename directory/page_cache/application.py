"""The WSGI application around Django's: answers from its store, and stores what Django answers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from directory.current_tokens import current_tokens
from directory.page_cache.key import CacheKey, cache_key
from directory.page_cache.store import (
    CachedResponse,
    Headers,
    ResponseStore,
    accepted_encoding,
    encode,
    etag_of,
)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# How often a page is rendered while the content changes under it, before it is sent uncached.
MAX_TRIES = 2
# Headers that the cache writes itself.
REPLACED = {"content-length", "cache-control", "vary", "etag", "content-encoding"}


class PageCache:
    """Wraps a WSGI application; one instance, with one store per process."""

    def __init__(self, application: Application, build: str) -> None:
        self.application = application
        self.build = build
        self.store = ResponseStore(settings.PAGE_CACHE_BYTES)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store if that holds the content as it is now, else from Django."""
        key = cache_key(environ)
        if key is None:
            return self.application(environ, start_response)
        encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        try:
            close_old_connections()
            version = current_tokens().content
        except (DatabaseError, InterfaceError):
            return self._without_database(key, encoding, environ, start_response)
        if not version:
            return self.application(environ, start_response)
        etag = etag_of(key, encoding, self.build, version)
        environ["page_cache"] = "hit"
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", _validators(etag))
            return []
        response = self.store.get(key, encoding)
        if response is not None and response.etag == etag:
            return _send(response, environ, start_response)
        return self._render(key, encoding, version, environ, start_response)

    def _render(
        self, key: CacheKey, encoding: str, version: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Have Django answer; store the response if the content stood still meanwhile."""
        environ["page_cache"] = "miss"
        plain = _without_visitor(environ, key)
        for _ in range(MAX_TRIES):
            status, headers, body = _answer(self.application, plain)
            if not _may_be_stored(status, headers):
                headers, body = _encoded(_to_be_revalidated(headers), body, encoding)
                start_response(status, headers)
                return _body(environ, body)
            before, version = version, _content_version_after()
            if version == before:
                etag = etag_of(key, encoding, self.build, version)
                encoded = encode(body, encoding)
                response = CachedResponse(version, etag, _headers(headers, etag, encoding, encoded), encoded)
                self.store.set(key, encoding, response)
                return _send(response, environ, start_response)
            if not version:
                break
        headers, body = _encoded([*_own_headers(headers), ("Cache-Control", "no-store")], body, encoding)
        start_response(status, headers)
        return _body(environ, body)

    def _without_database(
        self, key: CacheKey, encoding: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Send what was stored last, marked as stale; else let Django say that it cannot."""
        connection.close()
        response = self.store.get(key, encoding)
        if response is None:
            return self.application(environ, start_response)
        environ["page_cache"] = "stale"
        headers = [(name, value) for name, value in response.headers if name not in ("ETag", "Cache-Control")]
        stale = [("Cache-Control", "no-store"), ("Warning", '110 - "Response is Stale"')]
        start_response("200 OK", [*headers, *stale])
        return _body(environ, response.body)


def _content_version_after() -> str:
    """Return the version once a page is rendered, or an empty text if nobody can tell any more."""
    try:
        return current_tokens().content
    except (DatabaseError, InterfaceError):
        connection.close()
        return ""


def _without_visitor(environ: Environ, key: CacheKey) -> Environ:
    """Return the request as a GET with the declared parameters, and without anything about the visitor."""
    proxy_header, _ = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    kept = {
        name: value
        for name, value in environ.items()
        if name in ("HTTP_HOST", proxy_header) or not name.startswith(("HTTP_", "REMOTE_", "RAW_URI"))
    }
    return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query}


def _answer(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    started: dict[str, Any] = {}

    def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
        started.update(status=status, headers=headers)

    result = application(environ, start_response)
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    return started["status"], started["headers"], body


def _may_be_stored(status: str, headers: Headers) -> bool:
    return status.startswith("200") and not any(name.lower() == "set-cookie" for name, _ in headers)


def _to_be_revalidated(headers: Headers) -> Headers:
    """Have browsers ask again for what has moved or is missing: it may be back tomorrow."""
    has_policy = any(name.lower() == "cache-control" for name, _ in headers)
    return headers if has_policy else [*headers, ("Cache-Control", "no-cache")]


def _own_headers(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in REPLACED]


def _validators(etag: str) -> Headers:
    return [
        ("ETag", etag),
        ("Cache-Control", settings.PAGE_CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
    ]


def _headers(headers: Headers, etag: str, encoding: str, encoded: bytes) -> Headers:
    return [*_own_headers(headers), *_validators(etag), *_encoding_headers(encoding, encoded)]


def _encoded(headers: Headers, body: bytes, encoding: str) -> tuple[Headers, bytes]:
    """Compress a response that is not stored: Django does not know which encodings the visitor accepts."""
    if not body:
        return headers, body
    kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
    encoded = encode(body, encoding)
    return [*kept, ("Vary", "Accept-Encoding"), *_encoding_headers(encoding, encoded)], encoded


def _encoding_headers(encoding: str, encoded: bytes) -> Headers:
    encoded_as = [] if encoding == "identity" else [("Content-Encoding", encoding)]
    return [*encoded_as, ("Content-Length", str(len(encoded)))]


def _send(response: CachedResponse, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", response.headers)
    return _body(environ, response.body)


def _body(environ: Environ, body: bytes) -> list[bytes]:
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
