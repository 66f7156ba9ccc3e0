import pytest
from django.http import QueryDict

from directory.forms import DirectoryForm
from directory.models import City
from tests.factories import make_city, make_city_priority, make_network, make_priority

pytestmark = pytest.mark.django_db


def asked(query):
    form = DirectoryForm(QueryDict(query))
    form.is_valid()
    return form


def counts(form, name):
    (group,) = (group for group in form.groups() if group.name == name)
    return {choice.value: choice.city_count for choice in group.choices}


@pytest.fixture
def skills():
    return make_priority(name="Skills", slug="skills")


@pytest.fixture
def health():
    return make_priority(name="Health", slug="health")


@pytest.fixture
def cities(skills, health):
    """Two English cities and a Welsh one, with priorities that overlap."""
    leeds, bath = make_city(name="Leeds", slug="leeds"), make_city(name="Bath", slug="bath")
    cardiff = make_city(name="Cardiff", slug="cardiff", nation="wales")
    make_city_priority(leeds, skills)
    make_city_priority(bath, skills, health)
    make_city_priority(cardiff, health)
    make_city_priority(make_city(name="Hidden", status="draft"), skills)


def test_choices_in_a_group_add_up_and_groups_narrow(cities):
    found = asked("priority=skills&priority=health&nation=england").filter(City.objects.published())
    assert [city.name for city in found] == ["Bath", "Leeds"]


def test_a_choice_is_counted_with_the_other_groups_and_without_its_own(cities):
    form = asked("priority=skills&nation=wales")
    assert counts(form, "priority") == {"skills": 0, "health": 1}
    assert counts(form, "nation") == {"england": 2, "northern-ireland": 0, "scotland": 0, "wales": 0}


def test_drafts_are_not_counted(cities):
    assert counts(asked(""), "priority") == {"skills": 2, "health": 2}


def test_a_choice_that_would_give_nothing_is_disabled_unless_it_is_ticked(cities):
    (_, _, nations) = asked("priority=skills&nation=wales").groups()
    by_value = {choice.value: choice for choice in nations.choices}
    assert by_value["scotland"].is_disabled
    assert not by_value["wales"].is_disabled
    assert not by_value["england"].is_disabled


def test_the_address_has_one_order_and_no_blanks(skills, health):
    form = asked("sort=joined&page=&nation=wales&priority=skills&q=&nation=england&priority=health&x=1")
    assert form.address() == (
        "/cities/?priority=health&priority=skills&nation=england&nation=wales&sort=joined"
    )


def test_the_default_sort_and_the_first_page_are_not_in_the_address():
    assert asked("sort=name&page=1").address() == "/cities/"
    assert asked("").address(page=3) == "/cities/?page=3"


def test_each_chosen_filter_has_an_address_without_it(skills):
    chosen = asked("q=bath&priority=skills&nation=wales").chosen()
    assert [(one.label, one.address_without) for one in chosen] == [
        ("“bath”", "/cities/?priority=skills&nation=wales"),
        ("Skills", "/cities/?q=bath&nation=wales"),
        ("Wales", "/cities/?q=bath&priority=skills"),
    ]


def test_the_description_says_why_these_cities(skills, health):
    make_network(name="UNESCO", slug="unesco")
    form = asked("q=bath&priority=skills&priority=health&network=unesco&nation=wales")
    assert form.description() == ("working on Health or Skills, in the UNESCO, in Wales, mentioning “bath”")


def test_the_ways_out_say_how_many_cities_there_would_be(cities):
    form = asked("priority=skills&nation=wales")
    assert [(way.chosen.label, way.city_count) for way in form.ways_out()] == [("Skills", 1), ("Wales", 2)]


def test_a_filter_whose_removal_does_not_help_is_no_way_out(cities):
    form = asked("q=nowhere&priority=skills&nation=wales")
    assert form.ways_out() == []


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("priority=nonsense", "There is no priority “nonsense”."),
        ("network=rotary", "There is no network “rotary”."),
        ("nation=atlantis", "There is no nation “atlantis”."),
        ("sort=size", "Cities cannot be sorted by “size”"),
        ("page=one", "The page must be a whole number."),
        ("page=0", "Pages begin at 1."),
        ("q=" + "x" * 101, "Search for at most 100 characters: this has 101."),
        ("q=" + "a+" * 9, "Search for at most 8 words: this has 9."),
    ],
)
def test_what_makes_no_sense_is_named(query, complaint):
    form = asked(query)
    assert complaint in " ".join(error for errors in form.errors.values() for error in errors)


@pytest.mark.parametrize("query", ["nation=&priority=&network=&q=&sort=&page=", "nation=+&q=%00", "q=+"])
def test_blanks_ask_for_nothing(query):
    form = asked(query)
    assert form.is_valid()
    assert form.chosen() == []


def test_choices_beside_an_error_are_counted_as_if_nothing_had_been_asked(cities):
    assert counts(asked("nation=atlantis&q=nowhere"), "priority") == {"skills": 2, "health": 2}


def test_a_renamed_priority_is_asked_for_by_its_present_slug(skills):
    skills.slug = "skills-and-work"
    skills.save()
    form = asked("nation=wales&priority=skills")
    assert form.address_with_current_slugs() == "/cities/?priority=skills-and-work&nation=wales"


def test_a_former_slug_that_is_in_use_again_redirects_nowhere(skills):
    skills.slug = "skills-and-work"
    skills.save()
    make_priority(name="New skills", slug="skills")
    assert asked("priority=skills&page=abc").address_with_current_slugs() == ""


def test_an_address_without_renamed_slugs_has_no_other():
    assert asked("priority=nonsense").address_with_current_slugs() == ""
