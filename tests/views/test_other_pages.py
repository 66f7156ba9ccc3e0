import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import (
    City,
    Partnership,
    Source,
)
from tests.factories import (
    make_city,
    make_city_priority,
    make_guide,
    make_membership,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_home_has_the_map_the_cities_the_priorities_and_the_news(self, client):
        text = client.get("/").text
        assert text.count('<a class="pin"') == 6
        assert text.count('<article class="card"') == 6
        assert text.count('<a class="priority-card"') == 9
        assert "14 February 2024" in text

    def test_the_table_of_priorities_has_a_row_a_city_and_a_column_a_priority(self, client):
        text = client.get("/priorities/").text
        assert text.count('<th scope="row">') == 6
        assert text.count('<th scope="col"><a') == 9
        assert text.count("formal priority of the initiative: Skilled Workforce") == 1

    def test_a_priority_says_what_each_city_says_of_it(self, client):
        text = client.get("/priorities/skills-and-work/").text
        for title in (
            "Skilled Workforce",
            "Lifelong learning across the city",
            "Learning for work",
        ):
            assert title in text
        assert "Swansea" not in text

    def test_a_networks_figures_are_listed_with_who_reported_each(self, client):
        text = client.get("/networks/unesco-global-network-of-learning-cities/").text
        for figure in (
            "around 200 cities",
            "over 225 cities",
            "more than 60 countries",
            "53 countries",
            ">64 cities",
            "35 countries",
        ):
            assert figure in text
        assert text.count("Reported by: UK National Commission for UNESCO, ‘") == 3
        assert text.count("Reported by: University of Wolverhampton, ‘") == 1

    def test_a_network_without_members_says_why(self, client):
        assert "no city is recorded here as a member" in client.get("/networks/cities-of-learning/").text

    def test_every_source_says_what_rests_on_it(self, client):
        text = client.get("/sources/").text
        assert text.count('<section class="source-entry" id=') == 6
        assert "Creative Commons Attribution 4.0" in text
        assert "National Lottery" in text

    def test_printed_coordinates_stand_in_the_entry_of_the_document_that_prints_them(self, client):
        before, entry, _ = re.split(
            '<section class="source-entry" id="source-(?=learning|manchester)', client.get("/sources/").text
        )
        assert "Coordinates printed in this document" not in before
        assert entry.count("Coordinates printed in this document") == 1
        rows = re.findall(r'<tr id="coordinates-([a-z]+)">(.*?)</tr>', entry, re.DOTALL)
        assert [slug for slug, _ in rows] == ["belfast", "bristol", "swansea", "wolverhampton"]
        assert '<a href="/cities/belfast/">Belfast</a>' in rows[0][1]
        assert "53.2424°N 2.5940°W" in rows[0][1]
        assert "Liverpool, which is not in this directory" in rows[0][1]

    def test_the_coordinates_of_a_draft_are_not_listed(self, client):
        City.objects.filter(slug="belfast").update(status="draft")
        assert "coordinates-belfast" not in client.get("/sources/").text

    def test_the_page_of_sources_needs_as_many_queries_for_more_cities(
        self, client, django_assert_num_queries
    ):
        with CaptureQueriesContext(connection) as before:
            client.get("/sources/")
        for _ in range(10):
            make_city(source=Source.objects.first())
        with django_assert_num_queries(len(before)):
            client.get("/sources/")

    def test_the_sitemap_lists_every_record(self, client):
        text = client.get("/sitemap.xml").text
        for url in ("/cities/belfast/", "/guides/how-a-city-joins/", "/partners/unesco/", "/privacy/"):
            assert f"<loc>http://testserver{url}</loc>" in text


def test_the_first_page_and_the_table_do_not_grow_without_end(client):
    for _ in range(60):
        make_city()
    home = client.get("/").text
    assert home.count('<article class="card"') == 12
    assert "All 60 cities, to filter and sort" in home
    assert client.get("/priorities/").text.count('<th scope="row">') == 50
    assert client.get("/priorities/?page=2").text.count('<th scope="row">') == 10
    assert client.get("/priorities/?page=3").status_code == 404


def test_long_lists_of_partners_and_of_city_priorities_come_in_pages(client):
    source, priority = make_source(), make_priority(slug="diving")
    for number in range(60):
        make_partner(name=f"College {number:02}", source=source)
        make_city_priority(make_city(source=source), priority)
    assert client.get("/partners/").text.count('class="index__entry"') == 50
    assert client.get("/partners/?page=2").text.count('class="index__entry"') == 10
    assert client.get("/priorities/diving/?page=2").text.count('<li class="city-priority">') == 10
    assert client.get("/priorities/diving/?page=3").status_code == 404


def test_a_large_network_names_some_members_and_leads_to_all(client):
    network = make_network(slug="divers")
    for _ in range(30):
        make_membership(make_city(), network)
    text = client.get("/networks/divers/").text
    assert '<a href="/cities/?network=divers">All 30, on the map and by date</a>' in text
    assert text.count("joining date not published") == 24


def test_a_source_names_some_of_many_pages_and_counts_the_others(client):
    source = make_source()
    for _ in range(30):
        make_city(source=source)
    text = client.get("/sources/").text
    assert text.count("(2 statements)") == 24
    assert "<li>and 6 more</li>" in text


def test_what_is_to_show_later_shows_up_nowhere_until_then(client):
    later = timezone.now() + timedelta(hours=1)
    city = make_city(name="Atlantis", slug="atlantis", live_from=later)
    make_guide(title="Atlantis for beginners", slug="beginners", live_from=later)
    make_news_item(title="Atlantis rises", slug="rises", live_from=later)
    for url in ("/", "/cities/", "/guides/", "/news/", "/sources/", "/sitemap.xml", "/priorities/"):
        assert "atlantis" not in client.get(url).text.lower(), url
    for url in ("/cities/atlantis/", "/guides/beginners/", "/news/rises/"):
        assert client.get(url).status_code == 404
    City.objects.filter(pk=city.pk).update(live_from=timezone.now())
    assert client.get("/cities/atlantis/").status_code == 200
    assert "Atlantis" in client.get("/cities/").text


def test_a_draft_city_shows_up_nowhere(client):
    draft = make_city(name="Atlantis", slug="atlantis", status="draft")
    partner, priority = make_partner(slug="navy"), make_priority(slug="diving")
    Partnership.objects.create(partner=partner, city=draft, role="Fleet", source=draft.source)
    draft.city_priorities.create(title="Diving", text="Deep.", source=draft.source).priorities.add(priority)
    make_news_item(slug="flood").cities.add(draft)
    for url in (
        "/",
        "/cities/",
        "/cities/?q=atlantis",
        "/priorities/",
        "/priorities/diving/",
        "/partners/",
        "/partners/navy/",
        "/news/flood/",
        "/sources/",
        "/sitemap.xml",
    ):
        response = client.get(url)
        assert response.status_code == 200
        assert "Atlantis" not in response.text, url


def test_draft_guides_and_news_have_no_page_and_no_entry(client):
    make_guide(title="Secret guide", slug="secret", status="draft")
    make_news_item(title="Secret news", slug="secret", status="draft")
    for url in ("/guides/", "/news/", "/", "/sitemap.xml", "/sources/"):
        assert "Secret" not in client.get(url).text
    assert client.get("/guides/secret/").status_code == 404
    assert client.get("/news/secret/").status_code == 404


def test_the_site_says_who_runs_it_when_that_is_set(client, settings):
    settings.OPERATOR_NAME, settings.CONTACT_EMAIL = "The Learning Office", "desk@example.org"
    text = client.get("/about/").text
    assert "The Learning Office runs this site." in text
    assert text.count("mailto:desk@example.org") == 2


def test_nobody_is_named_when_nothing_is_set_and_the_page_says_so(client):
    text = client.get("/about/").text
    assert "This site does not yet say who runs it" in text
    assert "mailto:" not in text


def test_a_page_that_is_not_there_answers_in_the_sites_own_look(client):
    response = client.get("/nowhere/at-all/")
    assert response.status_code == 404
    assert "There is no page at /nowhere/at-all/." in response.text
    assert "UK Learning Cities" in response.text


def test_robots_txt_names_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


def test_our_own_mistake_is_a_page_in_the_sites_look(client, monkeypatch):
    monkeypatch.setattr("directory.views.home.city_results", None)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Sorry, something went wrong" in response.text
    assert "TypeError" not in response.text


def test_the_page_of_our_own_mistake_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Sorry, something went wrong" in render_to_string(
            "500.html", request=RequestFactory().get("/")
        )


def test_without_the_database_a_page_says_so_and_when_to_try_again(client, monkeypatch):
    def refuse(*arguments):
        raise OperationalError("no route to host")

    monkeypatch.setattr("directory.views.home.city_results", refuse)
    response = client.get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Sorry, the site is not available" in response.text
    assert "no route" not in response.text


def test_the_page_without_the_database_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("503.html", request=RequestFactory().get("/"))
    assert "your browser should still have what you typed" in page


def test_a_strange_host_gets_a_page_and_no_traceback(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "We could not understand that request" in response.text
