"""When a record is due for a review."""

import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.timezone import localdate

if TYPE_CHECKING:
    from django.db.models import QuerySet

MONTHS_A_YEAR = 12
MAX_MONTHS = 120
months_between_reviews = [MinValueValidator(1), MaxValueValidator(MAX_MONTHS)]


def not_in_the_future(day: datetime.date) -> None:
    """Raise ValidationError for a day that is still to come."""
    if day > localdate():
        raise ValidationError(
            "%(day)s is in the future. Enter today’s date or an earlier one.",
            params={"day": f"{day:%-d %B %Y}"},
        )


def due(records: "QuerySet[Any]", looked_at: str, today: datetime.date) -> "QuerySet[Any]":
    """Return the records due for a review: never reviewed, or as long ago as each one says."""
    is_due = Q(**{f"{looked_at}__isnull": True})
    for months in set(records.order_by().values_list("review_months", flat=True)):
        is_due |= Q(**{"review_months": months, f"{looked_at}__lte": months_before(today, months)})
    return records.filter(is_due).order_by(looked_at, "pk")


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months earlier, or the last day of a shorter month; 120 years at most."""
    counted = day.year * MONTHS_A_YEAR + day.month - 1 - min(months, MAX_MONTHS * MONTHS_A_YEAR)
    year, month = divmod(counted, MONTHS_A_YEAR)
    first_of_next = datetime.date(year + (month + 1) // MONTHS_A_YEAR, (month + 1) % MONTHS_A_YEAR + 1, 1)
    last = first_of_next - datetime.timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
