"""The WSGI application around Django's: answers what it has kept, and keeps what Django answers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from directory.page_cache.address import PageAddress, page_address
from directory.page_cache.parts import VERSION
from directory.page_cache.store import Headers, KeptPage, PageStore, accepted_encoding, encode, etag_of
from directory.page_cache.version import ContentVersion

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# How often a page is drawn while the content changes under it, before it is sent unkept.
TRIES = 2
# Django's answer says these of itself; a kept page says its own.
REPLACED = {"content-length", "cache-control", "vary", "etag", "content-encoding"}


class PageCache:
    """Wraps a WSGI application; one instance, with one store, a process."""

    def __init__(self, application: Application, build: str) -> None:
        self.application = application
        self.build = build
        self.store = PageStore(settings.PAGE_CACHE_BYTES)
        self.version = ContentVersion()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store if that still holds, else from Django."""
        address = page_address(environ)
        if address is None:
            return self.application(environ, start_response)
        encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        try:
            version = self._current_version()
        except (DatabaseError, InterfaceError):
            return self._without_database(address, encoding, environ, start_response)
        if version is None:
            return self.application(environ, start_response)
        return self._on_version(version, address, encoding, environ, start_response)

    def _current_version(self) -> str | None:
        """What the content is; asked again on a new connection if the old one turns out to be dead."""
        close_old_connections()
        # What follows is a check of the connection's health, without a question of its own.
        connection.health_check_done = True  # type: ignore[attr-defined]
        try:
            return self.version.current()
        except (DatabaseError, InterfaceError):
            connection.close()
            return self.version.current()

    def _on_version(
        self,
        version: str,
        address: PageAddress,
        encoding: str,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """Answer on the content as it is now: not modified, as kept, or newly drawn."""
        etag = etag_of(address, encoding, self.build, version)
        environ["page_cache"] = "hit"
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", _validators(etag))
            return []
        page = self.store.get(address, encoding)
        if page is not None and page.etag == etag:
            return _send(page, environ, start_response)
        return self._draw(address, encoding, version, environ, start_response)

    def _draw(
        self,
        address: PageAddress,
        encoding: str,
        version: str,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """Have Django draw the page; keep it if the content stood still meanwhile."""
        environ["page_cache"] = "miss"
        plain = _as_anybody_asks(environ, address)
        for _ in range(TRIES):
            status, headers, body = _answer(self.application, plain | {VERSION: version})
            if not _may_be_kept(status, headers):
                start_response(status, _asked_again(headers))
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
            before, version = version, self._version_after()
            if version == before:
                etag = etag_of(address, encoding, self.build, version)
                encoded = encode(body, encoding)
                page = KeptPage(version, etag, _page_headers(headers, etag, encoding, encoded), encoded)
                self.store.keep(address, encoding, page)
                return _send(page, environ, start_response)
            if not version:
                break
        start_response(status, [*_own_headers(headers), ("Cache-Control", "no-store")])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _version_after(self) -> str:
        """What the content is once a page is drawn; empty if nobody can tell any more."""
        try:
            return self.version.current() or ""
        except (DatabaseError, InterfaceError):
            connection.close()
            return ""

    def _without_database(
        self, address: PageAddress, encoding: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Send what was kept last, marked as stale; else let Django say that it cannot."""
        connection.close()
        page = self.store.get(address, encoding)
        if page is None:
            return self.application(environ, start_response)
        environ["page_cache"] = "stale"
        headers = [(name, value) for name, value in page.headers if name not in ("ETag", "Cache-Control")]
        stale = [("Cache-Control", "no-store"), ("Warning", '110 - "Response is Stale"')]
        start_response("200 OK", [*headers, *stale])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _as_anybody_asks(environ: Environ, address: PageAddress) -> Environ:
    """The request without what must not show on a page: who asks, and names that are not the page's."""
    personal = ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH")
    kept = {name: value for name, value in environ.items() if name not in personal}
    return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": address.query}


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


def _may_be_kept(status: str, headers: Headers) -> bool:
    return status.startswith("200") and not any(name.lower() == "set-cookie" for name, _ in headers)


def _asked_again(headers: Headers) -> Headers:
    """Have browsers ask again for what is moved or missing: it may be back tomorrow."""
    says = any(name.lower() == "cache-control" for name, _ in headers)
    return headers if says else [*headers, ("Cache-Control", "no-cache")]


def _own_headers(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in REPLACED]


def _validators(etag: str) -> Headers:
    return [
        ("ETag", etag),
        ("Cache-Control", settings.PAGE_CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
    ]


def _page_headers(headers: Headers, etag: str, encoding: str, encoded: bytes) -> Headers:
    encoded_as = [] if encoding == "identity" else [("Content-Encoding", encoding)]
    length = [("Content-Length", str(len(encoded)))]
    return [*_own_headers(headers), *_validators(etag), *encoded_as, *length]


def _send(page: KeptPage, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", page.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]
