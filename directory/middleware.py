"""What is answered before anything else is asked."""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from directory.models import Revision

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
