"""What is answered when something is wrong: with the request, with the site, or with its database."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from directory.current_tokens import current_tokens
from directory.models import City
from directory.views.fragments import cached_fragment

logger = logging.getLogger(__name__)

# SQLSTATE read_only_sql_transaction: Django counts it among mistakes of the program.
READ_ONLY = "25006"
MAX_CITIES = 24


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense, or is larger than Django was told to take."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    if is_database_error(exception):  # Django reports a session that cannot be written so
        return unavailable(request, exception)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a visitor who is not allowed to."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its CSRF token, by its own view if that declares that it can."""
    match = request.resolver_match
    if match and getattr(getattr(match.func, "view_class", None), "answers_csrf_failures", False):
        request.csrf_failed = True  # type: ignore[attr-defined]
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response
    return render(request, "403.html", {"is_form": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a URL that leads nowhere, with ways on."""
    shown = "".join(character if character.isprintable() else "�" for character in request.path[:200])
    # It may be there tomorrow.
    headers = {"Cache-Control": "no-cache"}
    context = {"path": shown, "cities": few_cities()}
    return HttpResponse(render_to_string("404.html", context, request), status=404, headers=headers)


def few_cities() -> list[City]:
    """Return the cities to choose from, or none if they are many or the database cannot be reached."""
    try:
        return cached_fragment("default", current_tokens().structure, "few cities", _few_cities)
    except (DatabaseError, InterfaceError):
        return []


def _few_cities() -> list[City]:
    cities = list(City.objects.published().only("name", "slug").order_by("name")[: MAX_CITIES + 1])
    return cities if len(cities) <= MAX_CITIES else []


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a request that is larger than the site takes."""
    return render(request, "413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after a mistake of our own, or of the database outside of any view, without the database."""
    exception = sys.exc_info()[1]
    if is_database_error(exception):
        return unavailable(request, exception)
    return render(request, "500.html", status=500)


def is_database_error(exception: BaseException | None) -> bool:
    """Return whether an exception was caused by a database that could not be reached or written."""
    while exception is not None:
        is_read_only = getattr(exception, "sqlstate", "") == READ_ONLY
        if is_read_only or isinstance(exception, OperationalError | InterfaceError):
            return True
        exception = exception.__cause__ or exception.__context__
    return False


def unavailable(request: HttpRequest, exception: BaseException | None) -> HttpResponse:
    """Answer while the database cannot be reached or written, and log it for whoever runs the site."""
    logger.error("The database cannot be reached or written.", exc_info=exception)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = "30"
    return response
