"""The form on which anybody can say what is wrong on a city's page, and its checks against robots."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.core.validators import MaxLengthValidator

from directory.models import City, Correction

MAX_CHARACTERS = 2_000
TOO_OLD = (
    "This form was open for more than a day, or part of it was missing. "
    "Everything you typed is still here: please send it again."
)
TOO_FAST = (
    "The form was sent within a few seconds, as spam usually is. "
    "Everything you typed is still here: wait a few seconds, then send it again."
)

_stamps = TimestampSigner(salt="directory.correction.rendered_at")


def stamp() -> str:
    """Return the current time, signed, to check later when the form was rendered."""
    return _stamps.sign("form")


def _text(label: str, help_text: str, missing: str, *, rows: int) -> forms.CharField:
    # No `maxlength`: a browser would cut off in silence what is pasted.
    too_long = (
        f"“{label}” is %(show_value)d characters long. "
        "Shorten it to %(limit_value)d, or send the rest as a second correction."
    )
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(MAX_CHARACTERS, too_long)],
        error_messages={"required": missing},
    )


class CorrectionForm(forms.ModelForm):
    """Three texts, an optional e-mail address, and two checks against robots."""

    wrong = _text(
        "What is wrong?",
        "Quote the words or figure, and say where on the page they are.",
        "Say what is wrong on the page.",
        rows=5,
    )
    right = _text(
        "What should it say?",
        "If you do not know, say so.",
        "Say what the page should say, or that you do not know.",
        rows=2,
    )
    evidence = _text(
        "How do you know?",
        "Tell us something that we can check: a web page, a document, or that you work there, for example.",
        "Say how you know, so that we can check it.",
        rows=2,
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="Enter it only if we may contact you. You do not need it to follow the outcome: "
        "after you send the form, you get a page that will show our decision.",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "“%(value)s” is not an e-mail address. "
            "Enter one like name@example.org, or leave it empty."
        },
    )
    # People cannot see this field (a honeypot). Its name looks ordinary, so that robots fill it in.
    subject = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    rendered_at = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    class Meta:
        model = Correction
        fields = ("wrong", "right", "evidence", "email")

    def clean(self) -> dict[str, Any]:
        """Reject a form that came back too fast, or whose signed time is too old, missing or forged."""
        rendered_at = self.cleaned_data.get("rendered_at", "")
        try:
            _stamps.unsign(rendered_at, max_age=settings.CORRECTION_MAX_SECONDS)
        except BadSignature:
            self.data = {**self.data, "rendered_at": stamp()}
            raise forms.ValidationError(TOO_OLD) from None
        try:
            _stamps.unsign(rendered_at, max_age=settings.CORRECTION_MIN_SECONDS)
        except SignatureExpired:
            return self.cleaned_data
        raise forms.ValidationError(TOO_FAST)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """Return the fields that people see."""
        return [self[name] for name in self.Meta.fields]

    @property
    def is_from_a_robot(self) -> bool:
        """Return whether the hidden field was filled in."""
        return bool(self.cleaned_data["subject"])

    def send(self, city: City) -> Correction:
        """Store it, as being about that city."""
        correction: Correction = self.save(commit=False)
        correction.city, correction.city_name = city, city.name
        correction.save()
        return correction
