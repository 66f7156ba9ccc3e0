"""Allauth's adapters: what differs for this site."""

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
    """Accounts for staff, which only the admin creates."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many attempts. Wait an hour and try again, or ask an administrator.",
        "username_password_mismatch": "The user name or the password is wrong. "
        "Check both and try again, or ask an administrator for a new password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the URL of the account's page."""
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask for the password again; not shortly after signing in."""
        records = get_authentication_records(self.request, self.request.user)
        just_signed_in = (
            bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        )
        return not just_signed_in and super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Texts and QR codes of the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is wrong or has expired. Wait for the next one and enter that.",
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as inline SVG: the content security policy forbids data URLs."""
        return make(url, image_factory=SvgPathImage).to_string(encoding="unicode")

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: A002 – allauth's signature
        """Return a numbered name, which its owner can change."""
        return f"Passkey {user.authenticator_set.filter(type=type).count() + 1}"
