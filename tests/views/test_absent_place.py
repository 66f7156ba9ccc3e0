import pytest

from directory.views.absent_place import absent_place
from tests.factories import make_city, make_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def wakefield():
    make_city(name="Bristol", latitude="51.45523", longitude="-2.59665")
    return make_city(name="Wakefield", latitude="53.68331", longitude="-1.49768")


def test_a_place_that_is_not_in_the_directory_has_its_nearest_city(wakefield):
    place = absent_place("leeds")
    assert (place.name, place.nearest) == ("Leeds", wakefield)
    assert 12 < place.kilometres < 14


@pytest.mark.parametrize(
    ("words", "name"),
    [("LEEDS", "Leeds"), ("St. Albans", "St Albans"), ("bo'ness", "Bo’ness"), ("Hull", "Hull")],
)
def test_a_place_is_known_by_its_folded_name(wakefield, words, name):
    assert absent_place(words).name == name


@pytest.mark.parametrize("words", ["Leed", "Leeds colleges", "learning", "Paris", "!", "", "Лидс"])
def test_other_words_are_no_place(wakefield, words):
    assert absent_place(words) is None


def test_a_public_city_with_the_name_is_not_absent(wakefield):
    assert absent_place("Wakefield") is None
    make_city(name="Leeds City Region", latitude="53.8", longitude="-1.5")
    assert absent_place("Leeds") is None


def test_a_city_whose_name_only_begins_with_the_same_letters_is_another(wakefield):
    make_city(name="Bathgate", latitude="55.9", longitude="-3.64")
    assert absent_place("Bath").nearest.name == "Bristol"


def test_a_draft_is_neither_the_nearest_city_nor_in_the_directory(wakefield):
    make_city(name="Leeds", latitude="53.79648", longitude="-1.54785", status="draft")
    assert absent_place("Leeds").nearest == wakefield


def test_without_any_city_there_is_no_nearest_one():
    assert absent_place("Leeds") is None


def test_the_guide_for_new_cities_is_there_if_it_is_public(wakefield):
    assert absent_place("Leeds").guide is None
    guide = make_guide(slug="how-a-city-joins", status="draft")
    assert absent_place("Leeds").guide is None
    guide.status = "published"
    guide.save()
    assert absent_place("Leeds").guide == guide
