"""The form on which anybody can say what is wrong on a city's page, and its checks against robots."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.core.validators import MaxLengthValidator

from directory.models import City, Correction

MAX_CHARACTERS = 2_000
TOO_OLD = "This form had been open for more than a day, or came incomplete. All is still here: send it again."
TOO_FAST = "That was faster than anybody types. All is still here: wait a few seconds, then send it again."

_stamps = TimestampSigner(salt="directory.correction.began")


def stamp() -> str:
    """Return the present moment, signed, to tell later when a form was handed out."""
    return _stamps.sign("form")


def _text(label: str, help_text: str, missing: str) -> forms.CharField:
    # No `maxlength`: a browser would cut off in silence what is pasted.
    too_long = (
        f"“{label}” has %(show_value)d characters, and at most %(limit_value)d fit. "
        "Shorten it, or send the rest as a second correction."
    )
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(MAX_CHARACTERS, too_long)],
        error_messages={"required": missing},
    )


class CorrectionForm(forms.ModelForm):
    """Three texts, an e-mail address if the sender likes, and two checks against robots."""

    wrong = _text(
        "What is wrong?",
        "The words or the figure on the page, and where on it they stand.",
        "Say what is wrong on the page.",
    )
    right = _text(
        "What is right?", "If you do not know, say so.", "Say what is right, or that you do not know."
    )
    evidence = _text(
        "Where do you know it from?",
        "A web page, a document, or that you work there: something that we can check.",
        "Say where you know it from, so that we can check it.",
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="Only if we may ask you something. The next page shows the outcome without it.",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "“%(value)s” is not an e-mail address, which looks like name@example.org. "
            "Mend it, or leave it empty."
        },
    )
    # Nobody sees this one. Whoever fills it in read the page's source, not the page.
    subject = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    began = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    class Meta:
        model = Correction
        fields = ("wrong", "right", "evidence", "email")

    def clean(self) -> dict[str, Any]:
        """Refuse what came too fast for a person, or so late that the moment of its form is unknown."""
        began = self.cleaned_data.get("began", "")
        try:
            _stamps.unsign(began, max_age=settings.CORRECTION_MAX_SECONDS)
        except BadSignature:
            self.data = {**self.data, "began": stamp()}
            raise forms.ValidationError(TOO_OLD) from None
        try:
            _stamps.unsign(began, max_age=settings.CORRECTION_MIN_SECONDS)
        except SignatureExpired:
            return self.cleaned_data
        raise forms.ValidationError(TOO_FAST)

    @property
    def asked(self) -> list[forms.BoundField]:
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
