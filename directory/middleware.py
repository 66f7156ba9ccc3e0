"""What is answered before anything else is asked."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from directory.models import ContentVersion
from directory.page_cache.key import MAX_QUERY_CHARACTERS
from directory.views.site import is_databases_fault, not_found, too_large, unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]


class BrowserPolicyMiddleware:
    """Tells browsers what no page or file of this site needs, so that nothing can be made to use it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the policies that Django has no setting for, unless a view set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", settings.CROSS_ORIGIN_RESOURCE_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        return response


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
        is_prepared = ContentVersion.objects.tokens() is not None
    except (DatabaseError, InterfaceError):
        return _plain("the database is away", 503)
    return _plain("ready", 200) if is_prepared else _plain("the database is empty", 503)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain")


class DatabaseAwayMiddleware:
    """Says so, in the site's own look, when the database cannot be reached or cannot be written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where a view failed for want of its database."""
        return unavailable(request, exception) if is_databases_fault(exception) else None


class RequestSizeMiddleware:
    """Refuses a query or a body that is larger than anything the site can be asked or sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 414 or 413 before anything reads the query or the body."""
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_CHARACTERS:
            return render(request, "400.html", status=414)
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_MAX_BYTES:
            return too_large(request)
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
