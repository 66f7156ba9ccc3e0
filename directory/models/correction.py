"""Corrections that the public sends: what is wrong on a city's page, and what became of it."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

EMPTY = {"wrong": "", "right": "", "evidence": "", "email": ""}


def new_token() -> str:
    """Return what nobody can guess: the last part of a receipt's URL."""
    return token_urlsafe(24)


class CorrectionStatus(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ANSWERED = "answered", "Answered"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections, the open ones first."""

    def open(self) -> Self:
        """Narrow to the corrections that nobody has decided on."""
        return self.filter(status=CorrectionStatus.OPEN)

    def is_rate_limited(self, city: models.Model) -> bool:
        """Return whether as many came in the last hour as are accepted, in all or for one city."""
        sent = self.filter(sent_at__gt=timezone.now() - timedelta(hours=1)).aggregate(
            in_all=Count("pk"), of_city=Count("pk", filter=Q(city=city))
        )
        return (
            sent["in_all"] >= settings.CORRECTIONS_AN_HOUR
            or sent["of_city"] >= settings.CORRECTIONS_AN_HOUR_A_CITY
        )

    def decided_long_ago(self) -> Self:
        """Narrow to those decided so long ago that nobody will ask the sender back."""
        return self.filter(decided_at__lt=_days_ago(settings.CORRECTION_DAYS))

    def open_too_long(self) -> Self:
        """Narrow to those still open after all the time that personal data may be kept."""
        return self.open().filter(sent_at__lt=_days_ago(settings.OPEN_CORRECTION_DAYS))

    def delete_personal_data(self) -> int:
        """Delete texts and e-mail addresses, but not the state and the answer; return how many had any."""
        return self.exclude(**EMPTY).update(**EMPTY)


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


class Correction(models.Model):
    """What somebody says is wrong on a city's page."""

    city = models.ForeignKey("directory.City", models.SET_NULL, null=True, related_name="corrections")
    # Outlives the city, so that its receipts still say what they are about.
    city_name = models.CharField("city’s name", max_length=80)
    wrong = models.TextField("what is wrong", blank=True)
    right = models.TextField("what it should say", blank=True)
    evidence = models.TextField("how the sender knows", blank=True)
    email = models.EmailField("e-mail address", blank=True)
    status = models.CharField(
        "state",
        max_length=10,
        choices=CorrectionStatus,
        default=CorrectionStatus.OPEN,
        help_text=(
            "The sender sees this on the receipt. "
            "Accepting a correction does not change the page, so edit the city too."
        ),
    )
    answer = models.TextField(
        blank=True,
        help_text=(
            "The sender sees this too, and it is never deleted. Do not enter names or e-mail addresses."
        ),
    )
    sent_at = models.DateTimeField("sent", default=timezone.now, db_index=True)
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = [F("decided_at").desc(nulls_first=True), "sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=CorrectionStatus.OPEN, decided_at__isnull=True)
                | ~Q(status=CorrectionStatus.OPEN) & Q(decided_at__isnull=False),
                name="correction_decided_or_open",
            ),
            models.CheckConstraint(
                condition=~Q(status=CorrectionStatus.ANSWERED) | ~Q(answer=""),
                name="correction_answered_with_an_answer",
                violation_error_message=(
                    "Enter an answer, or select another state. “Answered” needs an answer."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_name}, {localdate(self.sent_at):%-d %B %Y}"

    def get_absolute_url(self) -> str:
        """Return the receipt's URL."""
        return reverse("correction_receipt", args=[self.token])

    @property
    def is_emptied(self) -> bool:
        """Return whether its personal data have been deleted."""
        return not any(getattr(self, name) for name in EMPTY)

    def decide(self, status: str, by: Any) -> None:
        """Set the state, and with it who decided and when; an open correction has neither."""
        is_open = status == CorrectionStatus.OPEN
        self.status = status
        self.decided_at = None if is_open else timezone.now()
        self.decided_by = None if is_open else by
