"""The site's own pages: about it, for machines, and when something went wrong."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView


class AboutView(TemplateView):
    """What this site is, who runs it, and under which terms."""

    template_name = "pages/about.html"


class AccessibilityView(TemplateView):
    """How accessible the site is, and how that was checked."""

    template_name = "pages/accessibility.html"


class PrivacyView(TemplateView):
    """What the site knows of its visitors: next to nothing."""

    template_name = "pages/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "correction_days": settings.CORRECTION_DAYS,
            "open_correction_days": settings.OPEN_CORRECTION_DAYS,
        }


class RobotsView(TemplateView):
    """What robots may read."""

    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address or the form makes no sense."""
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


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own mistake; the page needs no database."""
    return render(request, "500.html", status=500)
