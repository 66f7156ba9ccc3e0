"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | bool]:
    """Return the site's names from the settings, and the section that the page belongs to."""
    match = request.resolver_match
    return {
        "site_name": settings.SITE_NAME,
        "operator_name": settings.OPERATOR_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "second_factor_required": settings.REQUIRE_SECOND_FACTOR,
        "section": (match.url_name or "").partition("_")[0] if match else "",
    }
