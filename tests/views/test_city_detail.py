import re

import pytest

from directory.models import City
from tests.factories import make_city, make_city_priority, make_membership, make_network, make_priority

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_formal_priorities_differ_from_those_of_a_description(self, client):
        text = client.get("/cities/wolverhampton/").text
        assert text.count(">formal priority of the initiative<") == 3
        assert text.count(">taken from a description of the city<") == 2

    def test_the_position_is_shown_and_a_printed_pair_leads_to_its_explanation(self, client):
        text = client.get("/cities/belfast/").text
        assert "54.59682° N, 5.92541° W" in text
        assert "A source prints 53.2424°N 2.5940°W above its text on Belfast." in text
        assert "Liverpool" not in text
        assert 'href="/sources/#coordinates-belfast"' in text

    def test_a_city_without_a_printed_pair_leads_to_none(self, client):
        assert "#coordinates-manchester" not in client.get("/cities/manchester/").text

    def test_the_position_can_be_opened_elsewhere(self, client):
        text = client.get("/cities/swansea/").text
        assert 'href="geo:51.62079,-3.94323"' in text
        assert "https://www.openstreetmap.org/?mlat=51.62079&amp;mlon=-3.94323" in text

    def test_the_nearest_cities_come_with_their_distance(self, client):
        text = client.get("/cities/manchester/").text
        assert "Wakefield</a>, 34 miles (54 km) in a straight line" in text

    def test_cities_with_the_same_priorities_are_named_with_them(self, client):
        text = client.get("/cities/manchester/").text
        assert "Wakefield</a>: Skills and work, A culture of learning" in text

    def test_a_membership_says_when_or_that_nobody_says_when(self, client):
        assert "Joined on 14 February 2024." in client.get("/cities/wakefield/").text
        assert "joining date not published" in client.get("/cities/bristol/").text

    def test_what_the_sources_do_not_say_is_listed_with_a_link_to_tell_us(self, client):
        text = client.get("/cities/manchester/").text
        assert '<a href="#gaps-heading">What the sources do not say</a>' in text
        (_, section) = text.split('<h2 id="gaps-heading">What the sources do not say</h2>')
        section = section.split("</section>")[0]
        assert re.findall("<li>(.*)</li>", section) == [
            "Whether the city has a named learning city initiative",
            "The initiative’s website",
            "A contact address",
        ]
        assert '<a href="/cities/manchester/correction/" rel="nofollow">If you know, tell us</a>' in section
        assert "<li>When the city joined UNESCO’s network</li>" in client.get("/cities/belfast/").text

    def test_a_city_of_which_everything_is_known_has_no_such_section(self, client):
        known = {"initiative": "Learn Manchester", "website": "https://m.example", "contact": "m@m.example"}
        City.objects.filter(slug="manchester").update(**known)
        assert "What the sources do not say" not in client.get("/cities/manchester/").text

    def test_news_of_the_city_is_linked_both_ways(self, client):
        news = "/news/manchester-and-wakefield-district-join/"
        assert news in client.get("/cities/manchester/").text
        assert "/cities/manchester/" in client.get(news).text

    def test_the_page_says_when_it_was_last_reviewed(self, client):
        assert "26 November 2026" in client.get("/cities/bristol/").text

    def test_a_field_that_nobody_filled_in_leaves_no_empty_line(self, client):
        text = client.get("/cities/manchester/").text
        assert "Website of the initiative" not in text
        assert "mailto:" not in text


def test_a_draft_has_no_page(client):
    make_city(slug="draft", status="draft")
    assert client.get("/cities/draft/").status_code == 404


def test_a_renamed_city_redirects_for_ever(client):
    city = make_city(slug="old")
    city.slug = "new"
    city.save()
    response = client.get("/cities/old/")
    assert response.status_code == 301
    assert response.url == "/cities/new/"


def test_a_renamed_draft_does_not_give_itself_away(client):
    city = make_city(slug="old", status="draft")
    city.slug = "new"
    city.save()
    assert client.get("/cities/old/").status_code == 404


def test_markup_in_an_editors_text_is_shown_and_not_run(client):
    city = make_city(slug="bath", summary="<script>alert(1)</script>")
    make_city_priority(city, text="<img src=x onerror=alert(1)> and [a link](javascript:alert(1))")
    text = client.get("/cities/bath/").text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text


def fill(number_of_cities):
    network, priorities = make_network(), [make_priority() for _ in range(3)]
    for number in range(number_of_cities):
        city = make_city()
        make_city_priority(city, *priorities[: number % 3 + 1])
        make_membership(city, network)


def test_a_city_page_needs_as_many_queries_beside_200_cities_as_beside_6(
    client, django_assert_max_num_queries
):
    fill(6)
    address = City.objects.first().get_absolute_url()
    with django_assert_max_num_queries(14) as few:
        client.get(address)
    fill(194)
    with django_assert_max_num_queries(14) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_after_an_edit_of_a_text_a_city_page_asks_for_no_other_city_again(
    client, django_assert_max_num_queries
):
    fill(6)
    city = City.objects.first()
    client.get(city.get_absolute_url())
    City.objects.update(summary="Another text.")
    with django_assert_max_num_queries(9):
        response = client.get(city.get_absolute_url())
    assert "Another text." in response.text
    assert "Nearest cities in this directory" in response.text
