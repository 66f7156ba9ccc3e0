"""Form fields that all content forms share."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models


class StoredDateTimeField(forms.SplitDateTimeField):
    """A date and time whose stored value stays if nobody edits it.

    In the hour that the clocks repeat, two moments have the same text.
    """

    stored: datetime | None = None

    def clean(self, value: Any) -> Any:
        """Return the stored value if the text still says it, else what the text says."""
        if self.stored and not self.has_changed(self.stored, value):
            return self.stored
        return super().clean(value)


class StoredDateTimeForm(forms.ModelForm):
    """A form that hands its stored values to these fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, StoredDateTimeField):
                field.stored = getattr(self.instance, name)


class LabelledSplitDateTime(AdminSplitDateTime):
    """A date and a time, each with a label for screen readers."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, name in zip(self.widgets, ("Date", "Time"), strict=True):
            widget.attrs["aria-label"] = name


FORMFIELD_OVERRIDES: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {"form_class": StoredDateTimeField, "widget": LabelledSplitDateTime},
    models.URLField: {"assume_scheme": "https"},
}
