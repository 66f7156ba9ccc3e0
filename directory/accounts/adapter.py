"""What allauth asks the site about accounts and their second factor."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from qrcode import make
from qrcode.image.svg import SvgPathImage


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made at the desk, and only there."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many attempts. Wait for an hour, or ask an administrator.",
        "username_password_mismatch": "There is no account with this user name and this password. "
        "Check both; an administrator can set a new password for you.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of the account."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for a password once more, but not straight after signing in."""
        records = get_authentication_records(self.request, self.request.user)
        just_signed_in = (
            bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        )
        return not just_signed_in and super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Says what passkeys and codes are in the site's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or no longer. Wait for the next one, and type that.",
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as part of a page: the policy allows no picture from a data address."""
        return make(url, image_factory=SvgPathImage).to_string(encoding="unicode")

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: A002 – allauth's signature
        """A number, until its owner thinks of something better."""
        return f"Passkey {user.authenticator_set.filter(type=type).count() + 1}"
