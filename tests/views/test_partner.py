"""Organisations: listed by whom they work with, and with a page if there is more to say than their role."""

import re

import pytest

from directory.models import Partner, Partnership
from tests.factories import make_city, make_network, make_partner

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_partners_are_grouped_by_the_city_or_network_that_they_work_with(self, client):
        text = client.get("/partners/").text
        assert re.findall(r'<h2 id="owner-\d+"><a href="([^"]+)">', text) == [
            "/cities/manchester/",
            "/cities/wakefield/",
            "/cities/wolverhampton/",
            "/networks/unesco-global-network-of-learning-cities/",
            "/networks/cities-of-learning/",
        ]
        network = text.partition('id="owner-5"')[2]
        assert '<li>Badge Nation <span class="note">Delivery partner</span></li>' in network
        assert (
            '<li><a href="/partners/rsa/">RSA</a> <span class="note">Runs the programme</span></li>'
            in network
        )

    def test_an_organisation_without_a_page_redirects_for_now_to_where_it_is_named(self, client):
        response = client.get("/partners/badge-nation/")
        assert response.status_code == 302
        assert response.url == "/networks/cities-of-learning/#partner-badge-nation"
        assert 'id="partner-badge-nation"' in client.get(response.url).text
        response = client.get("/partners/employers/")
        assert response.url == "/cities/wolverhampton/#partner-employers"
        assert 'id="partner-employers"' in client.get(response.url).text

    def test_an_organisation_with_a_page_is_linked_to_it(self, client):
        text = client.get("/partners/university-of-wolverhampton/").text
        assert "UNESCO’s idea of a learning city" in text
        city = client.get("/cities/wolverhampton/").text
        assert '<a href="/partners/university-of-wolverhampton/">University of Wolverhampton</a>' in city
        assert "/partners/employers/" not in city

    def test_the_page_of_sources_leads_to_no_organisation_without_a_page(self, client):
        text = client.get("/sources/").text
        assert 'href="/partners/rsa/"' in text
        assert "Badge Nation" not in text


def test_a_group_has_no_page_even_if_there_is_more_to_say_of_it(client):
    partner = make_partner(slug="employers", kind="group", summary="All employers.")
    network = make_network(slug="divers")
    partner.partnerships.create(network=network, role="Partners", source=partner.source)
    assert client.get("/partners/employers/").url == "/networks/divers/#partner-employers"


def test_an_organisation_that_gains_a_summary_gains_a_page(client):
    partner = make_partner(slug="navy")
    partner.partnerships.create(network=make_network(), role="Fleet", source=partner.source)
    assert client.get("/partners/navy/").status_code == 302
    Partner.objects.update(summary="It sails.")
    assert "It sails." in client.get("/partners/navy/").text


def test_the_former_slug_of_an_organisation_without_a_page_redirects_for_now(client):
    partner = make_partner(slug="navy")
    partner.partnerships.create(network=make_network(slug="divers"), role="Fleet", source=partner.source)
    partner.slug = "royal-navy"
    partner.save()
    response = client.get("/partners/navy/")
    assert (response.status_code, response.url) == (302, "/networks/divers/#partner-royal-navy")
    Partner.objects.update(summary="It sails.")
    response = client.get("/partners/navy/")
    assert (response.status_code, response.url) == (301, "/partners/royal-navy/")


def test_an_organisation_that_only_a_draft_names_has_no_page_until_the_city_is_published(client):
    partner = make_partner(slug="navy", summary="It sails for Atlantis.")
    city = make_city(status="draft")
    partner.partnerships.create(city=city, role="Fleet", source=partner.source)
    assert client.get("/partners/navy/").status_code == 404
    assert "navy" not in client.get("/sitemap.xml").text
    city.status = "published"
    city.save()
    assert client.get("/partners/navy/").status_code == 200


def test_the_list_comes_in_pages(client):
    city = make_city()
    for number in range(60):
        partner = make_partner(name=f"College {number:02}", source=city.source)
        Partnership.objects.create(partner=partner, city=city, role="Helps", source=city.source)
    assert client.get("/partners/").text.count('<span class="note">Helps</span>') == 50
    assert client.get("/partners/?page=2").text.count('<span class="note">Helps</span>') == 10
    assert client.get("/partners/?page=3").status_code == 404


def test_the_list_needs_three_queries(client, django_assert_max_num_queries):
    for _ in range(5):
        partner = make_partner()
        partner.partnerships.create(city=make_city(), role="Helps", source=partner.source)
    client.get("/partners/")
    # The count and the entries, and the version that a citation of the page has.
    with django_assert_max_num_queries(3):
        client.get("/partners/")
