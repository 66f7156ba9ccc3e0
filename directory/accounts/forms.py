"""The forms of the second factor."""

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from directory.accounts.attempt import is_locked_out


class CodeForm(AuthenticateForm):
    """Takes a code from an app or from paper, and no more guesses than of passwords."""

    def clean_code(self) -> str:
        """Compare the code only while its owner's name is not closed."""
        if is_locked_out(context.request, self.user.get_username()):
            raise get_adapter().validation_error("incorrect_code")
        return super().clean_code()


class AddPasskeyForm(AddWebAuthnForm):
    """Proposes that the key does without a password."""

    passwordless = forms.BooleanField(
        label="Sign in with this alone, without a password",
        help_text="Your device asks for your finger, your face or its PIN. Untick it for a key that cannot.",
        required=False,
        initial=True,
    )
