"""The site's own pages: about it, for machines, and when something went wrong."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView

logger = logging.getLogger(__name__)

# What PostgreSQL answers to a write where it takes none; Django counts it among mistakes of the program.
READ_ONLY = "25006"


class AboutView(TemplateView):
    """What this site is, who runs it, and under which terms."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "pages/about.html"


class AccessibilityView(TemplateView):
    """How accessible the site is, and how that was checked."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "pages/accessibility.html"


class PrivacyView(TemplateView):
    """What the site knows of its visitors: next to nothing."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "pages/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "correction_days": settings.CORRECTION_DAYS,
            "open_correction_days": settings.OPEN_CORRECTION_DAYS,
        }


class RobotsView(TemplateView):
    """What robots may read."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address or the form makes no sense, or is larger than Django was told to take."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    if is_databases_fault(exception):  # a session that cannot be written, as Django puts it
        return unavailable(request, exception)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The visitor may not."""
    return render(request, "403.html", status=403)


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the token that shows it is ours."""
    return render(request, "403.html", {"is_form": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing here."""
    shown = "".join(character if character.isprintable() else "�" for character in request.path[:200])
    return render(request, "404.html", {"path": shown}, status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than the site takes."""
    return render(request, "413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own mistake, or the database's outside of any view; the page needs no database."""
    exception = sys.exc_info()[1]
    if is_databases_fault(exception):
        return unavailable(request, exception)
    return render(request, "500.html", status=500)


def is_databases_fault(exception: BaseException | None) -> bool:
    """Whether it began with a database that could not be reached or written, whatever was made of that."""
    while exception is not None:
        is_read_only = getattr(exception, "sqlstate", "") == READ_ONLY
        if is_read_only or isinstance(exception, OperationalError | InterfaceError):
            return True
        exception = exception.__cause__ or exception.__context__
    return False


def unavailable(request: HttpRequest, exception: BaseException | None) -> HttpResponse:
    """The database is away, full or read-only: somebody has to look, and the visitor to come back."""
    logger.error("The database cannot be reached or written.", exc_info=exception)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = "30"
    return response
