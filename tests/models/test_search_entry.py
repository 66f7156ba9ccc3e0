import pytest

from directory.models import City, Partner, Partnership, SearchEntry
from tests.factories import (
    make_city,
    make_city_priority,
    make_guide,
    make_network,
    make_partner,
    make_priority,
)

pytestmark = pytest.mark.django_db


def best(words, most=10):
    return [(entry.kind, entry.title.strip()) for entry in SearchEntry.objects.best_of_each_kind(words, most)]


def test_names_come_first_then_other_names_then_priorities_and_partners_then_texts():
    make_city(name="Antrim", summary="It weaves.")
    make_city_priority(make_city(name="Bath"), make_priority(name="Weaving"))
    partner, city = make_partner(name="Weavers"), make_city(name="Cardiff")
    Partnership.objects.create(partner=partner, city=city, role="Host", source=city.source)
    make_city(name="Dundee", initiative="Weaving Dundee")
    make_city(name="Weaveham")
    names = [title for kind, title in best("weav") if kind == "city"]
    assert names == ["weaveham", "dundee", "bath", "cardiff", "antrim"]


def test_all_the_words_must_be_in_a_name_for_it_to_come_first():
    make_city(name="Bath", summary="City of learning.")
    make_city(name="Learning Town", summary="Not Bath.")
    assert best("learn bath") == [("city", "bath"), ("city", "learning town")]
    make_city(name="New Bath Learning City")
    assert best("learn bath")[0] == ("city", "new bath learning city")


def test_equals_are_ordered_by_their_titles():
    for name in ("Ely", "Bath", "Cardiff"):
        make_city(name=name, summary="Weaving.")
    assert best("weaving") == [("city", "bath"), ("city", "cardiff"), ("city", "ely")]


def test_the_short_name_of_a_network_is_one_of_its_names():
    make_network(name="Zebra network", short_name="GNLC")
    make_network(name="Ant network", summary="Unlike GNLC.")
    assert best("gnlc") == [("network", "zebra network"), ("network", "ant network")]


def test_each_kind_has_at_most_so_many_entries_and_says_how_many_there_are():
    for number in range(3):
        make_city(name=f"Weaving {number}")
    make_guide(title="Weaving")
    entries = SearchEntry.objects.best_of_each_kind("weaving", 2)
    assert [(entry.kind, entry.kind_count) for entry in entries] == [("city", 3), ("city", 3), ("guide", 1)]


@pytest.mark.parametrize("words", ["", "!", "–"])
def test_a_search_without_words_finds_nothing(words):
    make_city()
    assert not SearchEntry.objects.containing(words).exists()
    assert best(words) == []


@pytest.mark.parametrize(
    ("words", "is_title"),
    [("Bath", True), ("BATH & North", True), ("bath north east", True), ("Bat", False), ("East Bath", False)],
)
def test_an_entry_is_titled_by_whole_words_of_its_title_in_their_order(words, is_title):
    make_city(name="Bath (North East)")
    assert SearchEntry.objects.of(City).titled(words).exists() is is_title


def test_a_draft_of_a_city_is_not_among_the_words_of_its_partners():
    partner, city = make_partner(name="Weavers"), make_city(name="Leeds")
    Partnership.objects.create(
        partner=partner, city=city, role="Host", description="Looms.", source=city.source
    )
    entries = SearchEntry.objects.of(Partner)
    assert entries.containing("leeds host looms").exists()
    city.status = "draft"
    city.save()
    assert entries.containing("weavers").exists()
    for word in ("leeds", "host", "looms"):
        assert not entries.containing(word).exists()
