import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from directory.models import (
    City,
    Partnership,
)
from tests.factories import (
    make_city,
    make_guide,
    make_news_item,
    make_partner,
    make_priority,
)

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("content")
class TestRealContent:
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

    def test_the_sitemap_lists_every_record(self, client):
        text = client.get("/sitemap.xml").text
        for url in ("/cities/belfast/", "/guides/how-a-city-joins/", "/partners/unesco/", "/privacy/"):
            assert f"<loc>http://testserver{url}</loc>" in text

    def test_the_sitemap_leaves_out_organisations_without_a_page(self, client):
        text = client.get("/sitemap.xml").text
        assert "badge-nation" not in text
        assert "employers" not in text

    def test_a_guide_leads_to_the_other_guides_and_to_its_next_step(self, client):
        text = client.get("/guides/what-is-a-learning-city/").text
        others = text.partition('id="guides-heading"')[2]
        assert re.findall(r'<a href="(/guides/[^"]+)">', others) == [
            "/guides/how-a-city-joins/",
            "/guides/cities-of-learning/",
        ]
        assert "Next step" in text


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
    assert client.get("/partners/navy/").status_code == 404
    for url in (
        "/",
        "/cities/",
        "/cities/?q=atlantis",
        "/priorities/",
        "/priorities/diving/",
        "/partners/",
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
