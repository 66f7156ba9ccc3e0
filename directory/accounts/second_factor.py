"""No desk without a second factor."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from directory.middleware import GetResponse

FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


class SecondFactorMiddleware:
    """Leads staff who have only a password to where they add a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the desk closed until then; leaving is always possible."""
        if settings.REQUIRE_SECOND_FACTOR and _is_at_the_desk(request) and _has_only_a_password(request):
            return redirect("mfa_index")
        return self.get_response(request)


def _is_at_the_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index")) and request.path != reverse("admin:logout")


def _has_only_a_password(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not is_mfa_enabled(request.user, FACTORS)
