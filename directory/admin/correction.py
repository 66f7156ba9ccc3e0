"""Corrections from the public, which staff decide on and answer."""

from hashlib import sha256
from typing import Any

from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import Truncator

from directory.admin.optimistic_locking import VersionedAdmin, VersionedForm
from directory.admin.slugged import public_url
from directory.models import Correction, CorrectionStatus
from directory.models.correction import CorrectionQuerySet


class DecisionForm(VersionedForm):
    """The decision on a correction, which is its version."""

    def lock(self) -> None:
        Correction.objects.select_for_update().get(pk=self.instance.pk)

    def current_version(self) -> str:
        stored = Correction.objects.get(pk=self.instance.pk)
        decision = (stored.status, stored.decided_at, stored.answer)
        return sha256(repr(decision).encode()).hexdigest()

    def conflict_error(self, opened: str) -> ValidationError:
        stored = Correction.objects.get(pk=self.instance.pk)
        return ValidationError(
            "Your decision is not saved yet. While you had this open, %(person)s set it to “%(state)s” with "
            "the answer “%(answer)s”. Save your version over theirs, or leave the page.",
            params={
                "person": stored.decided_by or "somebody",
                "state": stored.get_status_display(),
                "answer": stored.answer,
            },
        )


@admin.register(Correction)
class CorrectionAdmin(VersionedAdmin):
    """Corrections: what the sender wrote is read-only, status and answer are not."""

    form = DecisionForm
    list_display = ("city_name", "status", "age", "summary", "decided_by")
    list_filter = ("status", "sent_at")
    list_select_related = ("decided_by",)
    search_fields = ("city_name", "wrong", "right", "evidence", "email")
    actions = ("accept", "decline")
    fieldsets = (
        (None, {"fields": ("city", "wrong", "right", "evidence", "email", "sent_at")}),
        ("Decision", {"fields": ("status", "answer", "decided_at", "decided_by")}),
    )
    readonly_fields = ("city", "wrong", "right", "evidence", "email", "sent_at", "decided_at", "decided_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: corrections come from the public."""
        return False

    def view_on_site(self, correction: Correction) -> str | None:
        """Return the URL of the city's page, or None while the public cannot see it."""
        return public_url(correction.city) if correction.city else None

    @admin.display(description="sent", ordering="sent_at")
    def age(self, correction: Correction) -> str:
        return naturaltime(correction.sent_at)

    @admin.display(description="what is wrong")
    def summary(self, correction: Correction) -> str:
        return "(deleted)" if correction.is_emptied else Truncator(correction.wrong).chars(80)

    def save_model(self, request: HttpRequest, obj: Correction, form: ModelForm, change: bool) -> None:  # noqa: FBT001 – Django's signature
        """Save, and set who decided and when if the status changed."""
        if "status" in form.changed_data:
            obj.decide(obj.status, by=request.user)
        super().save_model(request, obj, form, change)

    @admin.action(description="Accept selected corrections", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: CorrectionQuerySet) -> None:
        self.decide(request, queryset, CorrectionStatus.ACCEPTED)

    @admin.action(description="Decline selected corrections", permissions=["change"])
    def decline(self, request: HttpRequest, queryset: CorrectionQuerySet) -> None:
        self.decide(request, queryset, CorrectionStatus.DECLINED)

    @transaction.atomic
    def decide(self, request: HttpRequest, queryset: CorrectionQuerySet, status: CorrectionStatus) -> None:
        """Decide on the open corrections; leave alone those that were decided before."""
        waiting, selected = list(queryset.open()), queryset.count()
        for correction in waiting:
            correction.decide(status, by=request.user)
            correction.save()
            self.log_change(request, correction, [{"changed": {"fields": ["State"]}}])
        self.message_user(request, *_report(len(waiting), selected - len(waiting), status))


def _report(decided: int, left: int, status: CorrectionStatus) -> tuple[Any, ...]:
    text = f"{status.label}: {decided}."
    if not left:
        return text, messages.SUCCESS
    return f"{text} Already decided, and left as they were: {left}.", messages.WARNING
