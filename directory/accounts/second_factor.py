"""The second factor that the admin requires."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from directory.middleware import GetResponse

FACTORS = [Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP]


class SecondFactorMiddleware:
    """Redirects staff without a second factor from the admin to where they add one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect a request for the admin, except for signing out."""
        if settings.REQUIRE_SECOND_FACTOR and _is_for_the_admin(request) and _has_no_second_factor(request):
            return redirect("mfa_index")
        return self.get_response(request)


def _is_for_the_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index")) and request.path != reverse("admin:logout")


def _has_no_second_factor(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not is_mfa_enabled(request.user, FACTORS)
