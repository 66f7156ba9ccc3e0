from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.models import Membership
from tests.factories import make_city, make_membership, make_network

pytestmark = pytest.mark.django_db


def page_of(client, record):
    return client.get(record.get_absolute_url()).text


def test_a_network_lists_the_cities_that_the_public_sees_and_no_other(client):
    network = make_network()
    make_membership(make_city(name="Atlantis"), network)
    make_membership(make_city(name="Lyonesse", status="draft"), network)
    make_membership(make_city(name="Avalon", live_from=timezone.now() + timedelta(days=1)), network)
    page = page_of(client, network)
    assert "Atlantis" in page
    assert "Lyonesse" not in page
    assert "Avalon" not in page


def test_a_network_does_not_list_the_members_of_another(client):
    make_membership(make_city(name="Atlantis"), make_network())
    assert "Atlantis" not in page_of(client, make_network())


@pytest.mark.parametrize(
    ("precision", "phrase"),
    [("day", "on 14 February 2024"), ("month", "in February 2024"), ("year", "in 2024")],
)
def test_a_city_says_when_it_joined_no_more_exactly_than_is_known(client, precision, phrase):
    network = make_network()
    make_membership(make_city(), network, date="2024-02-14", precision=precision)
    page = page_of(client, Membership.objects.get().city)
    assert phrase in page
    assert precision == "day" or "14 February" not in page


@pytest.mark.parametrize(
    ("precision", "kept"), [("day", "2024-02-14"), ("month", "2024-02-01"), ("year", "2024-01-01")]
)
def test_the_first_day_of_what_is_known_of_a_date_is_stored(precision, kept):
    membership = make_membership(make_city(), make_network(), date="2024-02-14", precision=precision)
    membership.refresh_from_db()
    membership.full_clean()
    assert str(membership.date) == kept


def test_a_date_of_which_nothing_is_known_is_refused():
    membership = make_membership(make_city(), make_network())
    membership.date = timezone.now().date()
    with pytest.raises(ValidationError, match="or leave the date empty and select “not known”"):
        membership.full_clean()
