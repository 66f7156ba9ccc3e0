import re

import pytest
from django.core.cache import caches
from django.core.management import call_command

from directory.models import City, Priority
from tests.city_lists import card_names, headings, hollow_pin_names, pin_names
from tests.factories import make_city, make_city_priority, make_membership, make_network, make_priority

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_all_six_cities_are_listed_by_name(self, client):
        response = client.get("/cities/")
        assert card_names(response) == [
            "Belfast",
            "Bristol",
            "Manchester",
            "Swansea",
            "Wakefield",
            "Wolverhampton",
        ]

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?priority=skills-and-work",
            "?nation=wales&nation=northern-ireland",
            "?q=heritage",
            "?sort=joined",
        ],
    )
    def test_the_map_shows_the_cities_of_the_list_and_the_others_as_hollow_pins(self, client, query):
        response = client.get(f"/cities/{query}")
        assert sorted(card_names(response)) == sorted(pin_names(response)) != []
        assert len(pin_names(response)) + len(hollow_pin_names(response)) == 6
        assert ("Hollow pins are cities outside the filter." in response.text) == bool(
            hollow_pin_names(response)
        )

    def test_headings_and_title_say_how_many_and_why(self, client):
        response = client.get("/cities/?priority=skills-and-work&nation=england")
        assert headings(response, 1) == ["Learning cities working on Skills and work, in England"]
        assert headings(response, 2) == ["3 of 6 cities, A to Z"]
        assert "<title>3 learning cities working on Skills and work, in England –" in response.text

    def test_each_city_says_what_it_does_for_the_selected_priority(self, client):
        response = client.get("/cities/?priority=skills-and-work")
        manchester = City.objects.get(name="Manchester")
        own = manchester.city_priorities.get(priorities__slug="skills-and-work")
        assert f"<strong>Skills and work.</strong> {own.first_sentence}" in response.text
        assert manchester.standfirst not in response.text
        assert "Also: </span>A culture of learning" in response.text

    def test_cities_that_work_on_both_selected_priorities_come_first_under_their_own_heading(self, client):
        response = client.get("/cities/?priority=health-and-wellbeing&priority=skills-and-work")
        assert card_names(response) == ["Wolverhampton", "Manchester", "Wakefield"]
        groups = headings(response, 2)[1:]
        assert groups == ["On both (1 city)", "On one of them (2 cities)"]

    def test_with_three_priorities_selected_each_number_of_matches_has_its_heading(self, client):
        response = client.get(
            "/cities/?priority=health-and-wellbeing&priority=skills-and-work&priority=a-culture-of-learning"
        )
        groups = headings(response, 2)[1:]
        assert groups == ["On all three (1 city)", "On two of them (2 cities)", "On one of them (2 cities)"]

    def test_in_the_order_of_joining_years_and_unknown_dates_have_headings(self, client):
        response = client.get("/cities/?sort=joined")
        assert headings(response, 2) == [
            "6 cities, the first to join first",
            "Joined in 2024",
            "Joining date not published",
        ]

    def test_the_earliest_members_come_first_when_sorted_by_date(self, client):
        assert card_names(client.get("/cities/?sort=joined"))[:2] == ["Manchester", "Wakefield"]

    def test_an_empty_result_offers_suggestions(self, client):
        response = client.get("/cities/?priority=health-and-wellbeing&nation=wales")
        assert response.status_code == 200
        assert headings(response, 1) == ["Learning cities working on Health and wellbeing, in Wales"]
        assert headings(response, 2) == ["No cities match"]
        assert "Wales</a> (then 1 city)" in response.text
        assert "Health and wellbeing</a> (then 1 city)" in response.text

    def test_a_place_that_is_not_in_the_directory_is_told_the_nearest_city_and_how_to_join(self, client):
        response = client.get("/cities/?q=Leeds")
        assert "Leeds is not in this directory. Nearest: " in response.text
        assert '<a href="/cities/wakefield/">Wakefield</a>, about 8 miles.' in response.text
        assert '<a href="/guides/how-a-city-joins/">How a city joins</a>' in response.text

    def test_an_unknown_priority_is_named_in_an_error_and_no_list_poses_as_a_result(self, client):
        response = client.get("/cities/?priority=nonsense")
        assert response.status_code == 400
        assert "There is no priority “nonsense”." in response.text
        assert card_names(response) == []

    def test_a_value_with_markup_is_shown_and_not_run(self, client):
        response = client.get("/cities/?priority=<script>alert(1)</script>&q=<b>")
        assert response.status_code == 400
        assert "<script>alert" not in response.text
        assert "<b>" not in response.text

    def test_a_page_that_is_not_there_is_named(self, client):
        response = client.get("/cities/?page=7")
        assert response.status_code == 400
        assert "There is no page 7 of this list." in response.text

    def test_names_that_are_not_the_forms_are_ignored(self, client):
        response = client.get("/cities/?utm_source=letter&nation=wales")
        assert card_names(response) == ["Swansea"]
        assert '<link rel="canonical" href="http://testserver/cities/?nation=wales">' in response.text

    def test_a_renamed_priority_redirects_in_filters_too(self, client):
        priority = Priority.objects.get(slug="skills-and-work")
        priority.slug = "skills"
        priority.save()
        response = client.get("/cities/?nation=england&priority=skills-and-work")
        assert response.status_code == 301
        assert response.url == "/cities/?priority=skills&nation=england"

    def test_a_choice_with_no_city_says_so_and_cannot_be_ticked(self, client):
        response = client.get("/cities/")
        assert re.search(r'value="scotland" disabled>.*?<span class="filter__count">0<', response.text, re.S)


def test_drafts_are_in_neither_list_nor_map_nor_counts(client):
    make_city(name="Seen")
    make_city(name="Unseen", status="draft")
    response = client.get("/cities/")
    assert card_names(response) == pin_names(response) == ["Seen"]
    assert "Unseen" not in response.text


def test_long_lists_come_in_pages_that_keep_the_filter_and_the_numbers(client):
    for number in range(30):
        make_city(name=f"Town {number:02}", nation="wales", latitude="51.62079", longitude="-3.94323")
    response = client.get("/cities/?nation=wales")
    assert len(card_names(response)) == 24
    assert 'href="/cities/?nation=wales&amp;page=2"' in response.text
    second = client.get("/cities/?nation=wales&page=2")
    assert card_names(second)[0] == "Town 24"
    assert "The map shows all of them, and the list 24 to a page." in second.text


def fill(number_of_cities):
    network = make_network()
    priorities = [make_priority() for _ in range(3)]
    for number in range(number_of_cities):
        city = make_city()
        make_city_priority(city, *priorities[: number % 3 + 1])
        make_membership(city, network)


@pytest.mark.parametrize("query", ["", "?nation=england&q=city&sort=joined"])
def test_the_directory_needs_as_many_queries_for_200_cities_as_for_6(
    client, query, django_assert_max_num_queries
):
    fill(6)
    with django_assert_max_num_queries(16) as few:
        client.get(f"/cities/{query}")
    fill(194)
    with django_assert_max_num_queries(16) as many:
        assert "200 cities" in client.get(f"/cities/{query}").text
    assert len(many) == len(few)


def test_a_card_shows_the_standfirst_and_leaves_the_summary_to_the_page(client):
    make_city(slug="leeds", standfirst="Learning for all.", summary="It has evening classes.")
    text = client.get("/cities/").text
    assert "<p>Learning for all.</p>" in text
    assert "evening classes" not in text
    page = client.get("/cities/leeds/").text
    assert '<meta name="description" content="Learning for all.">' in page
    assert '<p class="lead">It has evening classes.' in page


def test_after_an_edit_of_a_text_the_directory_keeps_order_map_and_counts(
    client, django_assert_max_num_queries
):
    fill(6)
    before = client.get("/cities/")
    City.objects.filter(name=card_names(before)[0]).update(standfirst="Another text.")
    with django_assert_max_num_queries(5):
        after = client.get("/cities/")
    assert "Another text." in after.text
    assert card_names(after) == card_names(before)
    assert pin_names(after) == pin_names(before)


@pytest.mark.parametrize(
    ("change", "query"),
    [
        (lambda city: City.objects.filter(pk=city.pk).update(name="Zed"), ""),
        (lambda city: City.objects.filter(pk=city.pk).update(status="draft"), ""),
        (lambda city: City.objects.filter(pk=city.pk).update(latitude="53.5"), ""),
        (lambda city: City.objects.filter(pk=city.pk).update(nation="wales"), "?nation=wales"),
        (lambda city: City.objects.filter(pk=city.pk).update(slug="zed"), ""),
        (lambda city: city.memberships.all().delete(), "?sort=joined"),
        (lambda city: city.memberships.update(date="2013-01-01", precision="day"), "?sort=joined"),
        (lambda city: city.city_priorities.all().delete(), ""),
        (lambda city: city.city_priorities.get().priorities.clear(), ""),
        (lambda city: Priority.objects.filter(pk=Priority.objects.first().pk).update(name="Zed"), ""),
        (lambda city: City.objects.filter(pk=city.pk).update(summary="Zed."), "?q=zed"),
    ],
)
def test_whatever_the_directory_shows_changes_with_what_it_is_made_of(client, change, query):
    fill(3)
    url = f"/cities/{query}"
    before = client.get(url)
    change(City.objects.order_by("name")[1])
    call_command("rebuild_search", verbosity=0)
    after = client.get(url)
    for cache in caches.all():
        cache.clear()
    assert after.text == client.get(url).text
    assert after.text != before.text
