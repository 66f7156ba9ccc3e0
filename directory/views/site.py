"""The site's own pages: about it, and for robots."""

from typing import Any

from django.conf import settings
from django.views.generic import TemplateView


class AboutView(TemplateView):
    """What this site is, who runs it, and under which terms."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "pages/about.html"


class AccessibilityView(TemplateView):
    """How accessible the site is, and how that was checked."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "pages/accessibility.html"


class PrivacyView(TemplateView):
    """What the site stores about its visitors."""

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
