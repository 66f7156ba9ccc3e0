"""Optimistic locking: nobody overwrites a change that they have not seen.

A form sends the version token of the record that it was opened with. If the record has another by the time
it is saved, the form comes back with an error and a button that sends the new token as `overwrite`.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list

from directory.admin.conflict import conflicts
from directory.history.timeline import ChangeSet, timeline
from directory.history.version_token import version_token
from directory.history.versions import RelatedModels
from directory.models import ContentVersion


class VersionTokenField(forms.CharField):
    """The version token, hidden, which is no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return False: a newer token changes nothing in the record."""
        return False


class VersionedForm(forms.ModelForm):
    """A form that refuses to overwrite a change made since it was opened; subclasses say what a change is."""

    version_token = VersionTokenField(required=False)
    # The version to overwrite, if the form was refused.
    newer_version = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.fields["version_token"].initial = self.current_version()

    def clean(self) -> dict[str, Any] | None:
        """Raise ValidationError if the record was changed since the form was opened."""
        cleaned = super().clean()
        if self.instance.pk:
            self.lock()
            opened = self.cleaned_data.get("version_token", "")
            current = self.current_version()
            if current not in (opened, self.data.get("overwrite")):
                self.newer_version = current
                raise self.conflict_error(opened)
        return cleaned

    def lock(self) -> None:
        """Make others who save the record wait until the end of the transaction."""
        raise NotImplementedError

    def current_version(self) -> str:
        """Return the version token of the stored record."""
        raise NotImplementedError

    def conflict_error(self, opened: str) -> ValidationError:
        """Return the error that says who changed what since the version that was opened."""
        raise NotImplementedError


class VersionedContentForm(VersionedForm):
    """A versioned form of a content record, whose history is its versions."""

    related_models: RelatedModels = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed_meanwhile: list[ChangeSet] = []

    def lock(self) -> None:
        """Lock the version of the content.

        Every save of content locks this row first: two that began with other rows could wait for each other.
        """
        ContentVersion.objects.lock()

    def current_version(self) -> str:
        return version_token(type(self.instance), self.instance.pk, self.related_models)

    def conflict_error(self, opened: str) -> ValidationError:
        changes = timeline(type(self.instance), self.instance.pk, self.related_models)
        tokens = [change_set.token for change_set in changes]
        self.changed_meanwhile = changes[: tokens.index(opened)] if opened in tokens else changes[:1]
        people = sorted({change_set.user for change_set in self.changed_meanwhile})
        return ValidationError(
            "Your changes are not saved yet, because %(people)s changed this while you had it open. "
            "The table below shows both. Edit your text so that it includes their changes, "
            "then select “Save my version over theirs” at the end of this form.",
            params={"people": get_text_list(people, "and")},
        )


class VersionedAdmin(admin.ModelAdmin):
    """An admin with a `VersionedForm`."""

    change_form_template = "admin/versioned_change_form.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return all fields but the version token, which the template renders."""
        return [name for name in super().get_fields(request, obj) if name != "version_token"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the version that can be overwritten, and what was changed meanwhile."""
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context |= {
            "newer_version": form.newer_version,
            "conflicts": conflicts(getattr(form, "changed_meanwhile", ()), form, formsets),
        }
        return super().render_change_form(request, context, *args, **kwargs)
