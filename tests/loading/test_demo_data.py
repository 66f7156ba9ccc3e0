import pytest
from django.core.management import CommandError, call_command

from directory.models import City, CityPriority, Membership, Nation, Partnership

pytestmark = pytest.mark.django_db


def make(number):
    call_command("make_demo_data", number, verbosity=0)


def test_every_demo_city_passes_the_validation_that_editors_meet():
    make(60)
    for model in (City, CityPriority, Membership, Partnership):
        for record in model.objects.all():
            record.full_clean()
    assert City.objects.published().count() == 60


@pytest.mark.django_db(transaction=True)
def test_the_demo_cities_are_the_same_every_time():
    make(20)
    first = list(City.objects.order_by("pk").values_list("name", "latitude", "longitude", "nation"))
    call_command("flush", interactive=False, verbosity=0)
    make(20)
    again = list(City.objects.order_by("pk").values_list("name", "latitude", "longitude", "nation"))
    assert again == first


def test_the_demo_cities_are_in_all_nations_and_can_be_filtered_and_found(client):
    make(200)
    assert {nation for (nation,) in City.objects.values_list("nation").distinct()} == set(Nation.values)
    assert "of 200 cities, A to Z" in client.get("/cities/?priority=skills-and-work").text
    name = City.objects.first().name
    assert name in client.get("/cities/", {"q": name}).text


@pytest.mark.usefixtures("content")
def test_a_database_with_real_content_is_refused():
    with pytest.raises(CommandError, match="has content already"):
        make(3)
    assert City.objects.count() == 6


@pytest.mark.parametrize("number", [0, -1, 1_000_000])
def test_a_number_that_cannot_be_made_is_named(number):
    with pytest.raises(CommandError, match=f"{number} demo cities cannot be created: ask for 1 to"):
        make(number)
