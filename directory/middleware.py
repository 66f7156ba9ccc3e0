"""What is answered before anything else is asked."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from directory.models import Revision
from directory.page_cache.address import MOST_QUERY_CHARACTERS
from directory.views.site import not_found

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Tells a load balancer how the site is, under whatever host name it asks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two health addresses; pass on all others."""
        if request.path == "/health/live/":
            return _plain("live", 200)
        if request.path == "/health/ready/":
            return ready()
        return self.get_response(request)


def ready() -> HttpResponse:
    """Whether the database is there, and prepared."""
    try:
        is_prepared = Revision.objects.current() is not None
    except (DatabaseError, InterfaceError):
        return _plain("the database is away", 503)
    return _plain("ready", 200) if is_prepared else _plain("the database is empty", 503)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain")


class DatabaseAwayMiddleware:
    """Says so, in the site's own look, when the database cannot be reached."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where a view failed for want of its database."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database cannot be reached.", exc_info=exception)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "30"
        return response


class QueryLengthMiddleware:
    """Refuses a query string that is longer than any question the site can be asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 414 before anything reads the query."""
        if len(request.META.get("QUERY_STRING", "")) > MOST_QUERY_CHARACTERS:
            return render(request, "400.html", status=414)
        return self.get_response(request)


class OwnNotFoundMiddleware:
    """In development, shows the site's own page where nothing is found, as visitors will see it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the site's page in the place of Django's."""
        response = self.get_response(request)
        is_djangos = response.status_code == HTTPStatus.NOT_FOUND and not request.path.startswith("/admin/")
        return not_found(request, Http404()) if is_djangos else response
