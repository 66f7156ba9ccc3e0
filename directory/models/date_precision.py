"""Dates that are known to the day, to the month, to the year, or not at all."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.dateformat import format as format_date


class DatePrecision(models.TextChoices):
    DAY = "day", "to the day"
    MONTH = "month", "to the month"
    YEAR = "year", "to the year"
    UNKNOWN = "unknown", "not known"


_FORMATS = {DatePrecision.DAY: "j F Y", DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}


def written_date(date: datetime.date | None, precision: str) -> str:
    """Return the date as far as it is known: “14 February 2024”, “February 2024”, “2024” or nothing."""
    if date is None:
        return ""
    return format_date(date, _FORMATS[DatePrecision(precision)])


def dated_phrase(date: datetime.date | None, precision: str) -> str:
    """Return the date with its preposition: “on 14 February 2024”, “in February 2024” or nothing."""
    written = written_date(date, precision)
    preposition = "on" if precision == DatePrecision.DAY else "in"
    return f"{preposition} {written}" if written else ""


def first_of(date: datetime.date | None, precision: str) -> datetime.date | None:
    """Return the first day of the month or year if no more is known of the date, else the date."""
    if date is not None and precision == DatePrecision.MONTH:
        return date.replace(day=1)
    if date is not None and precision == DatePrecision.YEAR:
        return date.replace(month=1, day=1)
    return date


def date_exactly_when_known(date: str, precision: str, name: str) -> models.CheckConstraint:
    """Return a constraint: there is a date exactly when its precision is not “unknown”."""
    unknown = Q(**{precision: DatePrecision.UNKNOWN})
    missing = Q(**{f"{date}__isnull": True})
    return models.CheckConstraint(
        condition=(unknown & missing) | (~unknown & ~missing),
        name=name,
        violation_error_message=(
            "Enter a date and select how precisely it is known, "
            "or leave the date empty and select “not known”."
        ),
    )
