"""What every request goes through besides Django's own middleware."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from directory.models import ContentVersion
from directory.views.errors import is_database_error, not_found, too_large, unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]


class BrowserPolicyMiddleware:
    """Adds Cross-Origin-Resource-Policy and Cross-Origin-Opener-Policy, and to pages Permissions-Policy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to every response, including health checks, unless a view set its own."""
        response = self.get_response(request)
        # Browsers read it with a document only; on a style sheet it would be as long as the style sheet.
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", settings.CROSS_ORIGIN_RESOURCE_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        return response


class HealthMiddleware:
    """Answers a load balancer's health checks, under any host name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two health URLs, before the host name is checked."""
        if request.path == "/health/live/":
            return _plain("live", HTTPStatus.OK)
        if request.path == "/health/ready/":
            return ready()
        return self.get_response(request)


def ready() -> HttpResponse:
    """Return 200 if the database can be reached and is prepared, otherwise 503 with the reason."""
    try:
        if ContentVersion.objects.is_prepared():
            return _plain("ready", HTTPStatus.OK)
    except (DatabaseError, InterfaceError):
        return _plain("the database cannot be reached", HTTPStatus.SERVICE_UNAVAILABLE)
    return _plain("the database is not prepared: run manage.py prepare", HTTPStatus.SERVICE_UNAVAILABLE)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain")


class DatabaseErrorMiddleware:
    """Answers 503 in the site's own look when the database cannot be reached or written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Call the next middleware."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a view that failed because of its database."""
        return unavailable(request, exception) if is_database_error(exception) else None


class RequestSizeMiddleware:
    """Refuses a query or a body that is larger than anything the site can be asked or sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 414 or 413 before anything reads the query or the body."""
        if len(request.META.get("QUERY_STRING", "")) > settings.QUERY_MAX_CHARACTERS:
            return render(request, "400.html", status=HTTPStatus.REQUEST_URI_TOO_LONG)
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_MAX_BYTES:
            return too_large(request)
        return self.get_response(request)


class DevelopmentNotFoundMiddleware:
    """With DEBUG, answers 404 as production does, where Django would show its page for developers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer for a URL that leads to no view; what a view itself answers stays."""
        response = self.get_response(request)
        leads_nowhere = response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None
        return not_found(request, Http404()) if leads_nowhere else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that raised Http404."""
        return not_found(request, exception) if isinstance(exception, Http404) else None
