"""Dates that are known to the day, the month or the year."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from directory.models import Membership, NewsItem
from directory.models.date_precision import date_exactly_when_known, dated_phrase, first_of, written_date

DAY = date(2024, 2, 14)


@pytest.mark.parametrize(
    ("precision", "written", "phrase"),
    [
        ("day", "14 February 2024", "on 14 February 2024"),
        ("month", "February 2024", "in February 2024"),
        ("year", "2024", "in 2024"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(precision, written, phrase):
    assert written_date(DAY, precision) == written
    assert dated_phrase(DAY, precision) == phrase


def test_where_there_is_no_date_nothing_is_written():
    assert written_date(None, "unknown") == dated_phrase(None, "unknown") == ""


@pytest.mark.parametrize(
    ("precision", "kept"),
    [("day", DAY), ("month", date(2024, 2, 1)), ("year", date(2024, 1, 1)), ("unknown", DAY)],
)
def test_of_a_date_the_first_day_of_what_is_known_is_stored(precision, kept):
    assert first_of(DAY, precision) == kept
    assert first_of(None, precision) is None


@pytest.mark.django_db
@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_a_date_goes_with_how_exactly_it_is_known(precision):
    rule = date_exactly_when_known("date", "precision", "a_name")
    rule.validate(Membership, Membership(date=DAY, precision=precision))
    rule.validate(Membership, Membership(date=None, precision="unknown"))
    with pytest.raises(ValidationError, match="Enter a date and select how precisely it is known"):
        rule.validate(Membership, Membership(date=None, precision=precision))
    with pytest.raises(ValidationError, match="or leave the date empty and select “not known”"):
        rule.validate(Membership, Membership(date=DAY, precision="unknown"))


@pytest.mark.django_db
def test_the_rule_holds_for_other_fields_under_its_own_name():
    rule = date_exactly_when_known("published_on", "published_precision", "another_name")
    assert rule.name == "another_name"
    rule.validate(NewsItem, NewsItem(published_on=DAY, published_precision="day"))
    with pytest.raises(ValidationError):
        rule.validate(NewsItem, NewsItem(published_on=DAY))
