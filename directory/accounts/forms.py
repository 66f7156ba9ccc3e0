"""The forms of the second factor."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from directory.accounts.lockout import is_locked_out


class CodeForm(AuthenticateForm):
    """Checks a code of an authenticator app or a recovery code, with the lockout of passwords."""

    def clean_code(self) -> str:
        """Raise ValidationError if the code is wrong or the account is locked out."""
        if is_locked_out(get_adapter().request, self.user.get_username()):
            raise get_adapter().validation_error("incorrect_code")
        return super().clean_code()


class AddPasskeyForm(AddWebAuthnForm):
    """Adds a passkey that, unless the box is unticked, signs in without a password."""

    passwordless = forms.BooleanField(
        label="Sign in with this passkey alone, without a password",
        help_text="Untick this for a security key that cannot check your fingerprint, face or PIN.",
        required=False,
        initial=True,
    )
