"""The migration that has all search entries written again, with the words that they lacked."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from directory.models import City, SearchEntry
from tests.factories import make_city, make_membership, make_network


@pytest.mark.django_db
def test_after_an_upgrade_a_city_is_found_by_the_date_on_its_card():
    city = make_city(name="Leeds")
    make_membership(city, make_network(), date="2024-02-14", precision="day")
    SearchEntry.objects.update(text=" as it was before")
    import_module("directory.migrations.0021_search_ranks").delete_entries(apps, None)
    call_command("migrate", verbosity=0)
    assert [*City.objects.matching("2024")] == [city]
