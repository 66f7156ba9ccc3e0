"""What no source says about a city, by one rule."""

import pytest

from directory.models import City, Partnership
from tests.factories import make_city, make_membership, make_network, make_partner

pytestmark = pytest.mark.django_db

COMPLETE = {
    "initiative": "Leeds Learning City",
    "website": "https://leeds.example",
    "contact": "learning@leeds.example",
}


def make_complete_city():
    city = make_city(**COMPLETE)
    Partnership.objects.create(city=city, partner=make_partner(), role="Runs it", source=city.source)
    make_membership(
        city, make_network(name="The Divers", short_name="Divers"), date="2024-02-14", precision="day"
    )
    return city


def test_nothing_is_missing_from_a_complete_city():
    assert make_complete_city().gaps() == []


@pytest.mark.parametrize(
    ("empty", "gap"),
    [
        (
            lambda city: setattr(city, "initiative", ""),
            "whether the city has a named learning city initiative",
        ),
        (lambda city: city.partnerships.all().delete(), "who runs the initiative, and who its partners are"),
        (
            lambda city: city.memberships.all().delete(),
            "whether the city belongs to a network of learning cities",
        ),
        (
            lambda city: city.memberships.update(date=None, precision="unknown"),
            "when the city joined Divers",
        ),
        (lambda city: setattr(city, "website", ""), "the initiative’s website"),
        (lambda city: setattr(city, "contact", ""), "a contact address"),
    ],
    ids=["initiative", "partnerships", "membership", "date", "website", "contact"],
)
def test_whatever_is_missing_is_named_alone(empty, gap):
    city = make_complete_city()
    empty(city)
    assert city.gaps() == [gap]


def test_each_network_without_a_date_is_named_and_a_network_with_one_is_not():
    city = make_complete_city()
    for name in ("Climbers", "Runners"):
        make_membership(city, make_network(name=f"The {name}", short_name=name))
    assert city.gaps() == [f"when the city joined {name}" for name in ("Climbers", "Runners")]


def test_a_city_that_was_loaded_for_its_page_needs_no_query(django_assert_num_queries):
    make_membership(make_city(), make_network())
    city = City.objects.with_page_data().get()
    with django_assert_num_queries(0):
        assert len(city.gaps()) == 5
