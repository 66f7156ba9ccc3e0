import pytest
from django.http import QueryDict

from directory.forms.city_filter import CityFilter
from directory.forms.directory import DirectoryForm
from directory.forms.facets import facets
from directory.geography.bounding_box import BoundingBox
from directory.models import City
from tests.factories import make_city, make_city_priority, make_membership, make_network, make_priority

pytestmark = pytest.mark.django_db


def asked(query):
    form = DirectoryForm(QueryDict(query))
    form.is_valid()
    return form


def filtered(query):
    return asked(query).city_filter


def counts(city_filter, name, **narrowing):
    (facet,) = (facet for facet in facets(city_filter, **narrowing) if facet.name == name)
    return {choice.value: choice.city_count for choice in facet.choices}


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


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bath", "Cardiff", "Leeds"]),
        ("q=cardiff", ["Cardiff"]),
        ("priority=skills", ["Bath", "Leeds"]),
        ("network=guild", ["Leeds"]),
        ("nation=wales", ["Cardiff"]),
        ("area=53,-2,54,-1", ["Leeds"]),
    ],
)
def test_each_filter_narrows_the_list(cities, query, names):
    City.objects.filter(name="Leeds").update(latitude="53.8", longitude="-1.55")
    make_membership(City.objects.get(name="Leeds"), make_network(slug="guild"))
    assert [city.name for city in filtered(query).narrow(City.objects.published())] == names


def test_choices_in_a_facet_are_alternatives_and_facets_narrow(cities):
    found = filtered("priority=skills&priority=health&nation=england").narrow(City.objects.published())
    assert [city.name for city in found] == ["Bath", "Leeds"]


def test_a_choice_is_counted_with_the_other_facets_and_without_its_own(cities):
    city_filter = filtered("priority=skills&nation=wales")
    assert counts(city_filter, "priority") == {"skills": 0, "health": 1}
    assert counts(city_filter, "nation") == {"england": 2, "northern-ireland": 0, "scotland": 0, "wales": 0}


def test_drafts_are_not_counted(cities):
    assert counts(CityFilter(), "priority") == {"skills": 2, "health": 2}


def test_a_choice_that_would_give_nothing_is_disabled_unless_it_is_ticked(cities):
    (_, nations, _) = facets(filtered("priority=skills&nation=wales"))
    by_value = {choice.value: choice for choice in nations.choices}
    assert by_value["scotland"].is_disabled
    assert not by_value["wales"].is_disabled
    assert not by_value["england"].is_disabled


def test_the_url_has_one_order_and_no_blanks(skills, health):
    city_filter = filtered(
        "sort=joined&page=&nation=wales&priority=skills&q=&nation=england&priority=health&x=1"
    )
    assert city_filter.url() == (
        "/cities/?priority=health&priority=skills&nation=england&nation=wales&sort=joined"
    )


def test_the_whole_country_is_in_the_url_until_an_area_is_chosen():
    city_filter = filtered("area=uk&nation=wales")
    assert city_filter.url() == "/cities/?nation=wales&area=uk"
    assert city_filter.url(area=BoundingBox.parse("51,-4,52,-3")) == "/cities/?nation=wales&area=51,-4,52,-3"
    assert CityFilter().url_of_whole_uk() == "/cities/?area=uk"


def test_the_whole_country_is_no_filter(cities):
    city_filter = filtered("area=uk")
    assert city_filter.active_filters() == []
    assert city_filter.narrow(City.objects.published()).count() == 3


def grouped(query):
    cities = filtered(query)
    found = cities.order(cities.narrow(City.objects.published()))
    return [(city.name, city.group) for city in found]


def test_cities_that_work_on_more_of_the_selected_priorities_come_first(cities):
    assert grouped("priority=skills&priority=health") == [("Bath", 2), ("Cardiff", 1), ("Leeds", 1)]


def test_two_of_its_own_priorities_under_one_selected_priority_count_once(cities, skills):
    make_city_priority(City.objects.get(name="Leeds"), skills)
    assert ("Leeds", 1) in grouped("priority=skills&priority=health")


def test_one_selected_priority_makes_no_groups(cities):
    assert grouped("priority=skills") == [("Bath", None), ("Leeds", None)]


def test_in_the_order_of_joining_the_years_are_the_groups(cities):
    leeds = City.objects.get(name="Leeds")
    make_membership(leeds, make_network(), date="2024-02-14", precision="day")
    assert grouped("sort=joined") == [("Leeds", 2024), ("Bath", None), ("Cardiff", None)]


def test_the_default_sort_and_the_first_page_are_not_in_the_url():
    assert filtered("sort=name&page=1").url() == "/cities/"
    assert CityFilter().url(page=3) == "/cities/?page=3"


def test_each_active_filter_has_a_url_without_it(skills):
    make_network(name="Guild", slug="guild")
    make_network(name="Union", slug="union")
    active = filtered("q=bath&priority=skills&network=guild&network=union&nation=wales").active_filters()
    assert [(one.label, one.url_without) for one in active] == [
        ("“bath”", "/cities/?priority=skills&network=guild&network=union&nation=wales"),
        ("Skills", "/cities/?q=bath&network=guild&network=union&nation=wales"),
        ("Guild", "/cities/?q=bath&priority=skills&network=union&nation=wales"),
        ("Union", "/cities/?q=bath&priority=skills&network=guild&nation=wales"),
        ("Wales", "/cities/?q=bath&priority=skills&network=guild&network=union"),
    ]


def test_without_a_filter_none_is_active():
    assert list(CityFilter().active_filters()) == []


def test_the_description_says_why_these_cities(skills, health):
    make_network(short_name="UNESCO", slug="unesco")
    city_filter = filtered("q=bath&priority=skills&priority=health&network=unesco&nation=wales")
    assert city_filter.description() == ("working on Health or Skills, in UNESCO, in Wales, matching “bath”")


def test_suggestions_say_how_many_cities_there_would_be(cities):
    suggestions = filtered("priority=skills&nation=wales").suggestions()
    assert [(one.filter.label, one.city_count) for one in suggestions] == [("Skills", 1), ("Wales", 2)]


def test_a_filter_whose_removal_does_not_help_is_no_suggestion(cities):
    assert filtered("q=nowhere&priority=skills&nation=wales").suggestions() == []


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("priority=nonsense", "There is no priority “nonsense”."),
        ("network=rotary", "There is no network “rotary”."),
        ("nation=atlantis", "There is no nation “atlantis”."),
        ("sort=size", "Cities cannot be sorted by “size”"),
        ("page=one", "Enter the page as a whole number, for example 2."),
        ("page=0", "Page numbers start at 1."),
        ("q=" + "x" * 101, "Your search has 101 characters. Shorten it to 100."),
        ("q=" + "a+" * 9, "Your search has 9 words. Shorten it to 8."),
    ],
)
def test_what_makes_no_sense_is_named(query, complaint):
    form = asked(query)
    assert complaint in " ".join(error for errors in form.errors.values() for error in errors)


@pytest.mark.parametrize("query", ["nation=&priority=&network=&q=&sort=&page=", "nation=+&q=%00", "q=+"])
def test_blanks_ask_for_nothing(query):
    form = asked(query)
    assert form.is_valid()
    assert form.city_filter == CityFilter()


def test_choices_beside_an_error_are_counted_as_if_nothing_had_been_asked(cities):
    assert counts(filtered("nation=atlantis&q=nowhere"), "priority", narrowing=CityFilter()) == {
        "skills": 2,
        "health": 2,
    }


def test_a_renamed_priority_is_asked_for_by_its_present_slug(skills):
    skills.slug = "skills-and-work"
    skills.save()
    form = asked("nation=wales&priority=skills")
    assert form.url_with_present_slugs() == "/cities/?priority=skills-and-work&nation=wales"


def test_a_former_slug_that_is_in_use_again_stays_beside_a_renamed_one(skills, health):
    for renamed in (skills, health):
        renamed.slug += "-and-work"
        renamed.save()
    make_priority(name="New skills", slug="skills")
    form = asked("priority=skills&priority=health")
    assert form.url_with_present_slugs() == "/cities/?priority=health-and-work&priority=skills"


def test_a_url_without_renamed_slugs_has_no_other():
    assert asked("priority=nonsense").url_with_present_slugs() == ""


def test_an_area_is_four_numbers_and_anything_else_is_named():
    assert filtered("area=51.4,-3.0,52.5,-2.0").area == BoundingBox.parse("51.4,-3.0,52.5,-2.0")
    assert "“here” is not part of the map" in asked("area=here").errors["area"][0]


@pytest.mark.parametrize("make", [make_priority, make_network])
def test_values_have_one_order_and_come_once_however_they_were_asked_for(make):
    make(name="Zebra", slug="a"), make(name="Ant", slug="b")
    name = make.__name__.removeprefix("make_")
    query = (
        f"nation=wales&{name}=b&nation=scotland&nation=england&{name}=a&nation=northern-ireland&nation=wales"
    )
    nations = "nation=england&nation=northern-ireland&nation=scotland&nation=wales"
    assert filtered(query).url() == f"/cities/?{name}=a&{name}=b&{nations}"


def test_a_renamed_network_is_asked_for_by_its_present_slug_on_the_same_page():
    network = make_network(slug="guild")
    network.slug = "association"
    network.save()
    form = asked("network=guild&page=3")
    assert form.url_with_present_slugs() == "/cities/?network=association&page=3"


def test_a_renamed_slug_beside_an_unknown_one_redirects_nowhere(skills):
    skills.slug = "skills-and-work"
    skills.save()
    assert asked("priority=skills&priority=nonsense").url_with_present_slugs() == ""


def test_a_slug_in_use_stays_beside_a_renamed_one(skills, health):
    skills.slug = "skills-and-work"
    skills.save()
    form = asked("priority=skills&priority=health")
    assert form.url_with_present_slugs() == "/cities/?priority=health&priority=skills-and-work"
