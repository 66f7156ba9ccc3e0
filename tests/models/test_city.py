from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from directory.forms.city_filter import CityFilter
from directory.models import City, Membership
from tests.factories import (
    make_city,
    make_city_priority,
    make_membership,
    make_network,
    make_priority,
    make_source,
)

pytestmark = pytest.mark.django_db


def names(cities):
    return [city.name for city in cities]


def by_date_joined(*networks):
    return names(CityFilter(networks=networks, sort="joined").order(City.objects.all()))


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": Decimal("48.1")},
        {"longitude": Decimal("2.5")},
        {"latitude": None, "longitude": None, "position_source": None},
        {"standfirst": ""},
        {"coordinates_as_published": "52.3505°N 2.0740°W"},
        {"coordinates_source": "another"},
    ],
    ids=[
        "latitude outside the box",
        "longitude outside the box",
        "published without a position",
        "published without a standfirst",
        "a printed pair that nobody printed",
        "a source of a pair that is not there",
    ],
)
def test_the_database_itself_refuses(fields):
    if fields.get("coordinates_source"):
        fields = {"coordinates_source": make_source()}
    with pytest.raises(IntegrityError):
        make_city(**fields)


@pytest.mark.parametrize("missing", ["latitude", "longitude", "position_source"])
def test_even_a_draft_has_no_half_of_a_position(missing):
    with pytest.raises(IntegrityError):
        make_city(status="draft", **{missing: None})


def test_a_draft_may_lack_a_position():
    make_city(status="draft", latitude=None, longitude=None, position_source=None)


def test_a_draft_may_lack_a_standfirst_and_no_city_may_have_a_long_one():
    make_city(status="draft", standfirst="").full_clean()
    city = make_city()
    city.standfirst = "x" * 111
    with pytest.raises(ValidationError, match="at most 110 characters"):
        city.full_clean()


def test_a_published_city_without_a_standfirst_does_not_pass_cleaning_even_where_the_status_is_left_out():
    city = make_city()
    city.standfirst = ""
    with pytest.raises(ValidationError) as refused:
        city.full_clean(exclude={"status"})
    assert refused.value.messages == [
        "A published city needs a standfirst, because lists show it. "
        "Write one line of at most 110 characters, or save the city as a draft."
    ]


def test_two_cities_cannot_have_one_name_or_one_slug():
    make_city(name="Bath", slug="bath")
    with pytest.raises(IntegrityError):
        make_city(name="Bath", slug="bath-2")


def test_a_position_in_the_wrong_nation_does_not_pass_cleaning():
    city = make_city(nation="scotland")
    with pytest.raises(ValidationError) as refused:
        city.full_clean()
    assert "from Scotland" in refused.value.message_dict["latitude"][0]


def test_only_published_cities_are_public():
    make_city(name="Open")
    make_city(name="Hidden", status="draft")
    assert names(City.objects.published()) == ["Open"]


def test_a_city_with_two_priorities_under_a_shared_one_is_listed_once():
    city, priority = make_city(), make_priority()
    make_city_priority(city, priority)
    make_city_priority(city, priority)
    assert list(City.objects.prioritising([priority])) == [city]


def test_any_of_several_priorities_will_do():
    first, second = make_priority(), make_priority()
    one, other, neither = make_city(), make_city(), make_city()
    make_city_priority(one, first)
    make_city_priority(other, second)
    assert set(City.objects.prioritising([first, second])) == {one, other}
    assert neither not in City.objects.prioritising([first])


def test_every_word_of_a_search_must_be_found_somewhere():
    city = make_city(name="Leeds", summary="A city of canals.")
    make_city_priority(city, title="Evening classes")
    assert names(City.objects.matching("leeds")) == ["Leeds"]
    assert names(City.objects.matching("CANALS evening")) == ["Leeds"]
    assert names(City.objects.matching("canals mountains")) == []


def test_the_earliest_member_comes_first_and_unknown_dates_last():
    network = make_network()
    late, early, unknown = make_city(name="Late"), make_city(name="Early"), make_city(name="Ay")
    make_membership(late, network, date=date(2024, 2, 14), precision="day")
    make_membership(early, network, date=date(2015, 1, 1), precision="year")
    make_membership(unknown, network)
    assert by_date_joined() == ["Early", "Late", "Ay"]


def test_sorting_by_date_uses_the_selected_networks_only():
    chosen, other = make_network(), make_network()
    first, second = make_city(name="First"), make_city(name="Second")
    make_membership(first, chosen, date=date(2020, 1, 1), precision="day")
    make_membership(second, chosen, date=date(2021, 1, 1), precision="day")
    make_membership(second, other, date=date(2001, 1, 1), precision="day")
    assert by_date_joined(chosen) == ["First", "Second"]
    assert by_date_joined() == ["Second", "First"]


def test_a_city_is_in_a_network_once():
    city, network = make_city(), make_network()
    make_membership(city, network)
    with pytest.raises(IntegrityError):
        make_membership(city, network)


@pytest.mark.parametrize("fields", [{"date": date(2024, 1, 1)}, {"precision": "day"}])
def test_a_membership_has_a_date_exactly_when_it_is_known(fields):
    with pytest.raises(IntegrityError):
        make_membership(make_city(), make_network(), **fields)


@pytest.mark.parametrize(
    ("precision", "written"),
    [("day", "on 14 February 2024"), ("month", "in February 2024"), ("year", "in 2024")],
)
def test_a_date_is_written_as_far_as_it_is_known(precision, written):
    assert Membership(date=date(2024, 2, 14), precision=precision).joined == written
    assert Membership().joined == ""


def test_a_formal_priority_comes_before_one_from_a_description():
    city, priority = make_city(), make_priority()
    adopted = make_city_priority(city, priority, basis="adopted")
    make_city_priority(city, priority, basis="drawn", order=2)
    assert city.city_priorities_by_priority() == {priority: adopted}


def test_a_source_that_something_rests_on_cannot_be_deleted():
    source = make_city().source
    with pytest.raises(IntegrityError):
        source.delete()
