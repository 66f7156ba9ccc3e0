import pytest
from django.db import connection

from directory.models import City, KeyFact, Partnership
from directory.models.search_text import fold, refresh
from tests.factories import (
    make_city,
    make_city_priority,
    make_membership,
    make_network,
    make_partner,
    make_priority,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ABERTAWE", "abertawe"),
        ("Évora, Ynys Môn", "evora ynys mon"),
        ("District’s and district's", "districts and districts"),
        ("100% – (really)", "100 really"),
        ("Straße", "strasse"),
        ("  ", ""),
    ],
)
def test_case_accents_apostrophes_and_punctuation_are_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("words", "cities"),
    [
        ("wales", ["Swansea"]),
        ("2017", ["Wolverhampton"]),
        ("languages", ["Wolverhampton"]),
        ("259,000", ["Wolverhampton"]),
        ("Education 2030", ["Wolverhampton"]),
        ("District's ambition", ["Wakefield"]),
        ("District’s ambition", ["Wakefield"]),
        ("libraries MANCHESTER", ["Manchester"]),
        ("northern", ["Belfast"]),
        ("zebra", []),
    ],
)
def test_a_search_finds_what_stands_on_the_page(words, cities):
    assert [city.name for city in City.objects.matching(words)] == cities


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
def test_every_member_of_a_network_is_found_by_its_name():
    assert City.objects.matching("unesco").count() == 6


@pytest.mark.django_db
class TestFollowingChanges:
    def found(self, word):
        return [city.name for city in City.objects.matching(word)]

    def test_what_is_added_to_a_city_is_found_and_what_is_removed_is_not(self):
        city = make_city(name="Leeds")
        fact = KeyFact.objects.create(city=city, label="River", value="Aire", source=city.source)
        assert self.found("aire") == ["Leeds"]
        fact.delete()
        assert self.found("aire") == []

    def test_a_renamed_priority_partner_or_network_is_found_under_its_new_name(self):
        city = make_city(name="Leeds")
        priority, network, partner = make_priority(), make_network(), make_partner()
        make_city_priority(city, priority)
        make_membership(city, network)
        Partnership.objects.create(partner=partner, city=city, role="Partner", source=city.source)
        for shared, name in ((priority, "Quilting"), (network, "Guild"), (partner, "Weavers")):
            shared.name = name
            shared.save()
            assert self.found(name) == ["Leeds"]

    def test_a_priority_added_to_an_aim_is_found(self):
        city = make_city(name="Leeds")
        own = make_city_priority(city)
        own.priorities.add(make_priority(name="Quilting"))
        assert self.found("quilting") == ["Leeds"]
        own.priorities.clear()
        assert self.found("quilting") == []

    def test_what_goes_round_the_signals_is_found_after_a_refresh(self):
        make_city(name="Leeds")
        City.objects.update(summary="Weaving.")
        refresh(City.objects.all())
        assert self.found("weaving") == ["Leeds"]


@pytest.mark.django_db
def test_postgresql_has_an_index_for_parts_of_words():
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "directory_city")
    assert ("city_search_text" in constraints) is (connection.vendor == "postgresql")
