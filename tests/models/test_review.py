import datetime

import pytest
from django.core.exceptions import ValidationError

from directory.models import City
from directory.models.review import due, months_before
from tests.factories import make_city


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-21", 12, "2025-11-21"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 6, "2026-06-30"),
        ("2026-01-31", 14, "2024-11-30"),
        ("2026-01-31", 30_000, "1906-01-31"),
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_last_of_a_shorter_month(day, months, before):
    assert months_before(datetime.date.fromisoformat(day), months).isoformat() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"review_months": 0}, "greater than or equal to 1"),
        ({"review_months": 30_000}, "less than or equal to 120"),
        (
            {"last_reviewed": datetime.date(2999, 1, 1)},
            "1 January 2999 is in the future. Enter today’s date or an earlier one.",
        ),
    ],
)
def test_a_review_is_asked_for_within_ten_years_and_was_not_tomorrow(fields, reason):
    city = make_city()
    for name, value in fields.items():
        setattr(city, name, value)
    with pytest.raises(ValidationError, match=reason):
        city.full_clean()


@pytest.mark.django_db
def test_due_is_what_was_never_looked_at_or_longer_ago_than_it_asks_for():
    today = datetime.date(2026, 11, 21)
    make_city(name="Yearly, due", last_reviewed="2025-11-21")
    make_city(name="Yearly, not yet", last_reviewed="2025-11-22")
    make_city(name="Monthly, due", last_reviewed="2026-10-01", review_months=1)
    make_city(name="Never", last_reviewed=None)
    names = {city.name for city in due(City.objects.all(), "last_reviewed", today)}
    assert names == {"Yearly, due", "Monthly, due", "Never"}
