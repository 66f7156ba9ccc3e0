import datetime

import pytest

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
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_last_of_a_shorter_month(day, months, before):
    assert months_before(datetime.date.fromisoformat(day), months).isoformat() == before


@pytest.mark.django_db
def test_due_is_what_was_never_looked_at_or_longer_ago_than_it_asks_for():
    today = datetime.date(2026, 11, 21)
    make_city(name="Yearly, due", last_reviewed="2025-11-21")
    make_city(name="Yearly, not yet", last_reviewed="2025-11-22")
    make_city(name="Monthly, due", last_reviewed="2026-10-01", review_months=1)
    make_city(name="Never", last_reviewed=None)
    names = {city.name for city in due(City.objects.all(), "last_reviewed", today)}
    assert names == {"Yearly, due", "Monthly, due", "Never"}
