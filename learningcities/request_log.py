"""One line in the log for every request, and one identity for all that is logged while it is answered."""

import logging
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from secrets import token_hex
from time import perf_counter
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
request_id: ContextVar[str] = ContextVar("request_id", default="")

SOUND_ID = re.compile(r"[0-9A-Za-z-]{8,64}")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class RequestIdFilter(logging.Filter):
    """Adds to every event the identity of the request during which it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every event pass, without the request itself, whose text has the visitor's query in it."""
        record.request_id = request_id.get()
        record.__dict__.pop("request", None)
        return True


class RefusalFilter(logging.Filter):
    """Removes the traceback from what Django refuses a visitor: there is no mistake of ours to find."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every event pass; its name and message say why the request was refused."""
        if record.name.startswith("django.security."):
            record.exc_info = None
        return True


class RequestLog:
    """Wraps a WSGI application; logs no query, no IP address and no name of a visitor."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, send the request's identity in a header, and log what was answered."""
        identity = _identity(environ)
        token = request_id.set(identity)
        began, answered = perf_counter(), {"status": "500"}

        def start(status: str, headers: list[tuple[str, str]], *arguments: Any) -> Any:
            answered["status"] = status
            return start_response(status, [*headers, ("X-Request-ID", identity)], *arguments)

        try:
            return self.application(environ, start)
        finally:
            if logger.isEnabledFor(logging.INFO):
                _log(environ, int(answered["status"][:3]), perf_counter() - began)
            request_id.reset(token)


def _log(environ: dict[str, Any], status: int, seconds: float) -> None:
    fields = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"],
        "status": status,
        "milliseconds": round(seconds * 1000, 2),
        "cache": environ.get("page_cache", "none"),
    }
    # `logger.info` would look for the line that called it, for every request.
    logger.handle(logger.makeRecord(__name__, logging.INFO, __file__, 0, "request", (), None, extra=fields))


def _identity(environ: dict[str, Any]) -> str:
    """Return the identity that a trusted proxy gave the request, or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    if settings.SECURE_PROXY_SSL_HEADER and SOUND_ID.fullmatch(given):
        return given
    return token_hex(16)
