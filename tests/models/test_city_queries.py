from datetime import date
from decimal import Decimal

import pytest

from directory.forms.city_filter import CityFilter
from directory.geography.bounding_box import BoundingBox
from directory.geography.viewport import Viewport
from directory.models import City
from tests.factories import (
    make_city,
    make_city_priority,
    make_membership,
    make_network,
    make_news_item,
    make_priority,
)

pytestmark = pytest.mark.django_db


def names(cities):
    return [city.name for city in cities]


def by_date_joined(*networks):
    return names(CityFilter(networks=networks, sort="joined").order(City.objects.all()))


def city_at(name, latitude, longitude, **fields):
    return make_city(name=name, latitude=Decimal(latitude), longitude=Decimal(longitude), **fields)


def nearest(city, most=9):
    keys = City.objects.exclude(pk=city.pk).keys_nearest_to(city.position, most)
    found = City.objects.in_bulk(keys)
    return [found[key].name for key in keys]


@pytest.fixture
def here():
    return city_at("Here", "52.5", "-2.0")


def test_the_nearest_city_comes_first_in_every_direction(here):
    city_at("North", "53.3", "-2.0")  # 89 km
    city_at("East", "52.5", "-0.8")  # 81 km
    city_at("South", "51.0", "-2.0")  # 167 km
    city_at("West", "52.5", "-3.0")  # 68 km
    assert nearest(here) == ["West", "East", "North", "South"]
    assert here.kilometres_to(City.objects.get(name="East")) == pytest.approx(81.4, abs=0.5)


def test_no_more_cities_are_near_than_asked_for(here):
    for number in range(4):
        city_at(f"City {number}", f"52.{5 + number}", "-2.0")
    assert nearest(here, 2) == ["City 0", "City 1"]


def test_a_city_beside_the_box_that_is_sought_first_is_not_missed(here):
    city_at("In a corner", "52.79", "-1.53")  # in the box of 0.3 degrees, but 45 km away
    city_at("Beside it", "52.82", "-2.0")  # out of it, and only 36 km away
    assert nearest(here, 1) == ["Beside it"]


def test_one_query_finds_enough_cities_that_are_near(here, django_assert_num_queries):
    near = city_at("Near", "52.7", "-2.0")
    city_at("Far", "57.1", "-2.1")
    with django_assert_num_queries(1):
        assert City.objects.exclude(pk=here.pk).keys_nearest_to(here.position, 1) == [near.pk]


def test_a_city_without_a_position_is_nowhere_near(here):
    make_city(name="Nowhere", status="draft", latitude=None, longitude=None, position_source=None)
    assert nearest(here) == []


def test_cities_with_more_priorities_in_common_come_first_then_the_nearest(here):
    first, second, third = make_priority(order=2), make_priority(order=1), make_priority(order=3)
    both, one, other, none = (make_city(name=name) for name in ("Both", "One", "Other", "None"))
    make_city_priority(here, first, second)
    make_city_priority(both, first, second)
    make_city_priority(one, second, third)
    make_city_priority(other, first)
    make_city_priority(none, third)
    keys = [none.pk, other.pk, one.pk, both.pk]
    sharing = City.objects.sharing_priorities_with(here, keys)
    assert sharing == [(both.pk, [second, first]), (other.pk, [first]), (one.pk, [second])]


def test_cities_are_found_by_their_priorities_their_nation_and_the_words_on_their_pages():
    skills = make_priority()
    make_city_priority(make_city(name="Bath", nation="england"), skills)
    make_city_priority(make_city(name="Cardiff", nation="wales", summary="Quokkas learn."), make_priority())
    assert names(City.objects.prioritising([skills])) == ["Bath"]
    assert names(City.objects.in_nations(["wales"])) == ["Cardiff"]
    assert names(City.objects.matching("quokka")) == ["Cardiff"]


def test_the_page_of_a_city_has_its_published_news_only():
    city = make_city()
    published = make_news_item()
    city.news.add(published, make_news_item(status="draft"))
    assert list(City.objects.with_page_data().get().news.all()) == [published]


def test_the_earliest_of_several_dates_counts_whichever_network_it_is_of():
    first, last = make_network(name="A network"), make_network(name="Z network")
    bath, leeds = make_city(name="Bath"), make_city(name="Leeds")
    make_membership(bath, first, date=date(2015, 1, 1), precision="day")
    make_membership(leeds, first, date=date(2020, 1, 1), precision="day")
    make_membership(leeds, last, date=date(2013, 1, 1), precision="day")
    assert by_date_joined() == ["Leeds", "Bath"]


def test_a_network_has_its_own_members_and_no_others():
    one, other = make_network(), make_network()
    make_membership(make_city(name="Bath"), one)
    make_membership(make_city(name="Leeds"), other)
    assert names(City.objects.in_networks([one])) == ["Bath"]


def test_the_earliest_date_known_counts_and_unknown_ones_come_last_by_name():
    network = make_network()
    bath, leeds, york, hull = (make_city(name=name) for name in ("Bath", "Leeds", "York", "Hull"))
    make_membership(leeds, network, date=date(2020, 1, 1), precision="day")
    make_membership(york, network)
    make_membership(york, make_network(), date=date(2013, 1, 1), precision="year")
    make_membership(bath, network)
    assert hull
    assert by_date_joined() == ["York", "Leeds", "Bath", "Hull"]
    assert by_date_joined(network) == ["Leeds", "Bath", "Hull", "York"]


def test_a_city_is_listed_once_though_two_of_its_priorities_belong_to_the_same_shared_one():
    city, priority = make_city(name="Bath"), make_priority()
    make_city_priority(city, priority)
    make_city_priority(city, priority)
    assert names(City.objects.prioritising([priority])) == ["Bath"]


def test_an_area_has_the_cities_between_its_four_edges(here):
    city_at("North", "53.3", "-2.0")
    city_at("South", "51.0", "-2.0")
    city_at("East", "52.5", "-0.8")
    city_at("West", "52.5", "-3.0")
    assert names(City.objects.in_area(BoundingBox.parse("52,-2.5,53,-1.5"))) == ["Here"]


def test_cells_count_the_cities_in_them_and_name_one(here):
    make_city(name="Beside", latitude=Decimal("52.5001"), longitude=Decimal("-2.0001"))
    city_at("Far", "57.1", "-2.1")
    near, far = sorted(City.objects.clusters(Viewport()), key=lambda cluster: -cluster.count)
    assert (near.count, far.count) == (2, 1)
    assert far.any_city_pk == City.objects.get(name="Far").pk


@pytest.mark.parametrize("position", [("52.4", "-2.0"), ("52.5", "-2.1")], ids=["south", "west"])
def test_a_larger_scale_counts_cities_apart_that_a_smaller_one_counts_together(here, position):
    city_at("Near", *position)
    assert [cluster.count for cluster in City.objects.clusters(Viewport())] == [2]
    assert [cluster.count for cluster in City.objects.clusters(Viewport(scale=20))] == [1, 1]


def test_cities_are_named_by_priority_as_far_as_there_is_room_and_counted_in_three_queries(
    django_assert_num_queries,
):
    learning, working, unused = make_priority(), make_priority(), make_priority()
    for name in ("Derby", "Bath", "York", "Leeds"):
        # Two priorities of a city that belong to the same shared one count once.
        city = make_city(name=name)
        make_city_priority(city, learning), make_city_priority(city, learning)
    make_city_priority(city, working)
    make_city_priority(make_city(name="Atlantis", status="draft"), learning)
    with django_assert_num_queries(3):
        named = City.objects.published().named_by_priority(2)
    assert [city.name for city in named[learning.pk].first] == ["Bath", "Derby"]
    assert (named[learning.pk].count, named[learning.pk].more) == (4, 2)
    assert [city.name for city in named[working.pk].first] == ["Leeds"]
    assert (named[working.pk].count, named[working.pk].more) == (1, 0)
    assert unused.pk not in named
