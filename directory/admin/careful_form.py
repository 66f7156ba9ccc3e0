"""The form of every record: never saves over what somebody else changed meanwhile without being told to."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.history.timeline import ChangeSet, Parts, latest, timeline
from directory.models import ContentVersion

NOT_SAVED = (
    "Nothing was saved: the database takes no changes at the moment, for instance because its disk is full. "
    "All that you typed is still here. Leave this page open, tell whoever runs the site, and save it later."
)


class MomentField(forms.SplitDateTimeField):
    """A date and a time; untouched, it stays: in the hour that clocks repeat, its text says too little."""

    stored: datetime | None = None

    def clean(self, value: Any) -> Any:
        """What is stored if the text still says that; else what it says."""
        if self.stored and not self.has_changed(self.stored, value):
            return self.stored
        return super().clean(value)


class CarefulForm(forms.ModelForm):
    """Knows the last change that its reader saw; the desk says whether the database could be written."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    parts: Parts = ()
    save_over = ""
    could_not_be_saved = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed_meanwhile: list[ChangeSet] = []
        for name, field in self.fields.items():
            if isinstance(field, MomentField):
                field.stored = getattr(self.instance, name)
        if self.instance.pk:
            self.fields["seen"].initial = latest(type(self.instance), self.instance.pk, self.parts)

    def clean(self) -> dict[str, Any] | None:
        """Refuse what would undo another's change, or cannot be saved at all."""
        cleaned = super().clean()
        if self.could_not_be_saved:
            raise ValidationError(NOT_SAVED)
        if self.instance.pk:
            self._refuse_if_changed_meanwhile(self.cleaned_data.get("seen", ""))
        return cleaned

    def _refuse_if_changed_meanwhile(self, seen: str) -> None:
        model: Any = type(self.instance)
        key = self.instance.pk
        # Whoever saves content at the same moment waits here, and then sees the other's change. It is the row
        # that every save locks first: two that began with other rows could wait for each other.
        ContentVersion.objects.lock()
        now = latest(model, key, self.parts)
        if now in (seen, self.save_over):
            return
        changes = timeline(model, key, self.parts)
        tokens = [change_set.token for change_set in changes]
        self.changed_meanwhile = changes[: tokens.index(seen)] if seen in tokens else changes[:1]
        raise ValidationError(
            "Nothing of yours is saved yet: %(people)s changed this meanwhile. ‘Changed meanwhile’ shows "
            "what, beside what you typed. Change your text to keep both and save over it, or leave the page.",
            params={"people": " and ".join(sorted({one.user for one in self.changed_meanwhile}))},
        )
