"""The home page: cities by name and by priority, a way in for councils, and news while it is fresh."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import City, Guide
from tests.factories import make_city, make_city_priority, make_news_item, make_priority

pytestmark = pytest.mark.django_db


def section(text, heading):
    """The section of a page that this heading names."""
    return text.partition(f'id="{heading}"')[2].partition("</section>")[0]


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_every_city_is_a_link_under_its_nation(self, client):
        cities = section(client.get("/").text, "cities-heading")
        assert re.findall(r"<h3>(.*?)</h3>|<a [^>]*>(.*?)</a>", cities) == [
            ("England", ""),
            ("", "Bristol"),
            ("", "Manchester"),
            ("", "Wakefield"),
            ("", "Wolverhampton"),
            ("Northern Ireland", ""),
            ("", "Belfast"),
            ("Wales", ""),
            ("", "Swansea"),
        ]
        assert '<a href="/cities/bristol/"' in cities

    def test_a_city_can_be_searched_by_name(self, client):
        cities = section(client.get("/").text, "cities-heading")
        form = re.search('<form .*?action="([^"]+)".*?</form>', cities, re.S)
        assert form[1] == "/search/"
        assert 'method="get"' in form[0]
        assert '<label for="home-q">Your city</label>' in form[0]
        assert 'name="q"' in form[0]

    def test_every_city_is_on_the_map(self, client):
        assert client.get("/").text.count('<a class="pin"') == 6

    def test_each_priority_names_its_cities(self, client):
        rows = section(client.get("/").text, "priorities-heading")
        written = " ".join(re.sub("<[^>]+>", " ", rows.partition("</ul>")[0]).split())
        assert "Health and wellbeing Wolverhampton Enterprise and innovation Swansea" in written
        assert "A culture of learning Belfast, Bristol, Manchester, Wakefield and 1 more" in written
        assert rows.partition("</ul>")[0].count("<li>") == 9

    def test_the_table_of_priorities_is_there_for_wide_windows(self, client):
        assert client.get("/").text.count('<th scope="row">') == 6

    def test_the_title_says_what_the_page_is_about_and_its_first_words_are_few(self, client):
        text = client.get("/").text
        assert "<h1>Learning cities in the UK</h1>" in text
        lead = re.search('<p class="lead">(.*?)</p>', text, re.S)[1]
        lead = re.sub("<sup.*?</sup>", "", lead, flags=re.S)
        assert len(re.sub("<[^>]+>", "", lead).split()) <= 40

    def test_unesco_and_the_rsa_are_explained_where_councils_meet_them(self, client):
        councils = section(client.get("/").text, "councils-heading")
        assert "UNESCO, the United Nations organisation for education, science and culture" in councils
        assert "The RSA, the Royal Society for Arts, Manufactures and Commerce" in councils
        assert '<a href="/guides/how-a-city-joins/">' in councils
        assert '<a href="/networks/#comparison">' in councils

    def test_the_page_says_how_we_know_and_leads_to_the_story_of_the_coordinates(self, client):
        known = section(client.get("/").text, "knowledge-heading")
        assert '<a href="/sources/">' in known
        assert '<a href="/sources/#source-learning-cities-coordinates">' in known
        City.objects.update(coordinates_note="")
        assert "coordinates" not in section(client.get("/").text, "knowledge-heading")

    def test_guides_that_staff_took_down_are_not_linked(self, client):
        Guide.objects.update(status="draft")
        assert 'href="/guides/how' not in client.get("/").text
        assert "A learning city draws on" in client.get("/").text

    def test_news_of_more_than_a_year_ago_is_not_shown(self, client):
        assert "14 February 2024" not in client.get("/").text


@pytest.mark.parametrize(("days", "is_shown"), [(1, True), (360, True), (370, False)])
def test_news_is_shown_for_a_year(client, days, is_shown):
    make_news_item(title="Atlantis rises", happened_on=timezone.localdate() - timedelta(days=days))
    assert ("Atlantis rises" in client.get("/").text) is is_shown
    assert ("News from learning cities" in client.get("/").text) is is_shown


def test_with_more_than_forty_cities_nations_are_counted(client):
    for number in range(41):
        make_city(nation="wales" if number == 0 else "england")
    text = client.get("/").text
    cities = section(text, "cities-heading")
    assert "/cities/city-" not in cities
    assert '<a href="/cities/?nation=england">England</a></h3>\n  <p>40 cities</p>' in cities
    assert '<a href="/cities/?nation=wales">Wales</a></h3>\n  <p>1 city</p>' in cities
    assert '<table class="matrix">' not in text


def test_with_forty_cities_every_name_is_there(client):
    for _ in range(40):
        make_city()
    assert section(client.get("/").text, "cities-heading").count('<a href="/cities/city-') == 40


def test_a_city_that_is_renamed_or_moves_to_another_nation_shows_at_once(client):
    make_city(name="Swansea", nation="england", slug="swansea")
    client.get("/")
    City.objects.update(name="Abertawe", nation="wales")
    cities = section(client.get("/").text, "cities-heading")
    assert "<h3>Wales</h3>" in cities
    assert "Abertawe" in cities
    assert "Swansea" not in cities


@pytest.mark.parametrize("number", [30, 50])
def test_the_page_needs_as_many_queries_for_many_cities_as_for_one(client, number):
    priority = make_priority()

    def queries():
        for cache in caches.all():
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        return len(captured)

    make_city_priority(make_city(), priority)
    few = queries()
    for _ in range(number):
        make_city_priority(make_city(), priority, make_priority())
    assert queries() <= few <= 28


def test_after_an_edit_of_a_text_the_lists_come_from_the_cache(client, django_assert_max_num_queries):
    for _ in range(50):
        make_city_priority(make_city(), make_priority())
    client.get("/")
    City.objects.update(summary="Another.")
    with django_assert_max_num_queries(10):
        client.get("/")
