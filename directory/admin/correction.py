"""Corrections that the public sent: staff read, decide and answer."""

from hashlib import sha256
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import CharField, HiddenInput, ModelForm
from django.http import HttpRequest, QueryDict
from django.utils.text import Truncator

from directory.models import Correction, CorrectionStatus
from directory.models.correction import CorrectionQuerySet


class DecisionForm(ModelForm):
    """Says so if somebody else decided while the form was open; saving once more puts this in its place."""

    seen = CharField(required=False, widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = _decision(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Refuse to undo unseen what somebody else decided."""
        cleaned = super().clean()
        stored = Correction.objects.select_for_update().get(pk=self.instance.pk)
        if _decision(stored) == self.cleaned_data.get("seen"):
            return cleaned
        sent = cast("QueryDict", self.data).copy()
        sent["seen"] = _decision(stored)
        self.data = sent
        raise ValidationError(
            "Nothing of yours is saved yet: %(person)s set this to “%(state)s” meanwhile, with the answer "
            "“%(answer)s”. Save once more to put what you chose in its place, or leave the page.",
            params={
                "person": stored.decided_by or "somebody",
                "state": stored.get_status_display(),
                "answer": stored.answer,
            },
        )


def _decision(correction: Correction) -> str:
    """What was decided, and when: the same as long as nobody decides anew."""
    said = (correction.status, correction.decided_at, correction.answer)
    return sha256(repr(said).encode()).hexdigest()


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """What the sender wrote stays as it is; staff set the state, and may answer."""

    form = DecisionForm
    list_display = ("city_name", "status", "age", "beginning", "decided_by")
    list_filter = ("status", "sent_at")
    list_select_related = ("decided_by",)
    search_fields = ("city_name", "wrong", "right", "evidence", "email")
    actions = ("accept", "decline")
    fieldsets = (
        (None, {"fields": ("city", "wrong", "right", "evidence", "email", "sent_at")}),
        ("What we say to it", {"fields": ("status", "answer", "decided_at", "decided_by", "seen")}),
    )
    readonly_fields = ("city", "wrong", "right", "evidence", "email", "sent_at", "decided_at", "decided_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: corrections come from the public."""
        return False

    def view_on_site(self, correction: Correction) -> str | None:
        """The page that it is about, while the public sees it."""
        city = correction.city
        return city.get_absolute_url() if city is not None and city.is_published else None

    @admin.display(description="sent", ordering="sent_at")
    def age(self, correction: Correction) -> str:
        return naturaltime(correction.sent_at)

    @admin.display(description="what is wrong")
    def beginning(self, correction: Correction) -> str:
        return "(deleted)" if correction.is_emptied else Truncator(correction.wrong).chars(80)

    def save_model(self, request: HttpRequest, obj: Correction, form: ModelForm, change: bool) -> None:  # noqa: FBT001 – Django's signature
        """Save, and note who decided and when if the state is another."""
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
        """Decide on those that are open, and leave alone what somebody decided already."""
        waiting, chosen = list(queryset.open()), queryset.count()
        for correction in waiting:
            correction.decide(status, by=request.user)
            correction.save()
            self.log_change(request, correction, [{"changed": {"fields": ["State"]}}])
        self.message_user(request, *_report(len(waiting), chosen - len(waiting), status))


def _report(decided: int, left: int, status: CorrectionStatus) -> tuple[Any, ...]:
    said = f"{status.label}: {decided}."
    if not left:
        return said, messages.SUCCESS
    return f"{said} Decided before, and left as they were: {left}.", messages.WARNING
