"""What the templates of all pages need."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest

from directory.views.page_citation import canonical_url
from directory.views.references import References


def site(request: HttpRequest) -> dict[str, str | bool | References | Callable[[], str]]:
    """Return the site's names and settings, the URL and section of the page, and an empty `References`.

    Templates add to it each source that they cite.
    """
    match = request.resolver_match
    return {
        "site_name": settings.SITE_NAME,
        "operator_name": settings.OPERATOR_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "second_factor_required": settings.REQUIRE_SECOND_FACTOR,
        # Templates call it where they need it: a request for a strange host has no URL.
        "canonical_url": partial(canonical_url, request),
        "section": (match.url_name or "").partition("_")[0] if match else "",
        "references": References(),
    }
