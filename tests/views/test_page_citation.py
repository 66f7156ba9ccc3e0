"""Every page has one URL by which search engines know it, and every page of content says how to cite it."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from directory.models import City, ContentVersion
from tests.factories import make_city, make_guide, make_network, make_partner
from tests.pages import ERROR_PAGES, FORM_PAGES, PAGES

pytestmark = pytest.mark.django_db

CITED = {
    "priorities": "Priorities of learning cities",
    "priority": "Skills and work",
    "partners": "Partners of learning cities",
    "partner": "University of Wolverhampton",
    "networks": "Networks of learning cities",
    "network": "UNESCO Global Network of Learning Cities",
    "guide": "How a city joins UNESCO’s network",
    "news item": "Manchester and Wakefield District join the UNESCO Global Network of Learning Cities",
    "sources": "Sources of this directory",
}


RESULTS = {name: url for name, url in PAGES.items() if url.startswith("/search/?")}
INDEXED = {name: url for name, url in PAGES.items() if name not in RESULTS}
NOT_INDEXED = [*RESULTS.values(), *ERROR_PAGES.values(), FORM_PAGES["correction form"]]


def canonical_urls(text):
    return re.findall(r'<link rel="canonical" href="([^"]+)">', text)


def metadata(text):
    return dict(re.findall(r'<meta name="DCTERMS\.(\w+)" content="([^"]*)">', html.unescape(text)))


@pytest.mark.usefixtures("content")
class TestRealContent:
    @pytest.mark.parametrize("url", INDEXED.values(), ids=INDEXED.keys())
    def test_every_page_has_one_absolute_canonical_url(self, client, url):
        (canonical,) = canonical_urls(client.get(url).text)
        path, _, query = url.partition("?")
        assert canonical.startswith(f"http://testserver{path}")
        assert bool(query) == ("?" in canonical)

    @pytest.mark.parametrize("url", NOT_INDEXED)
    def test_what_search_engines_leave_out_has_none(self, client, url):
        assert canonical_urls(client.get(url).text) == []

    @pytest.mark.parametrize("name", CITED)
    def test_a_page_can_be_cited_in_one_sentence(self, client, name):
        text = client.get(PAGES[name]).text
        version = ContentVersion.objects.get().content[:8]
        sentence = (
            f"“{CITED[name]}”, UK Learning Cities, http://testserver{PAGES[name]}, content version {version}."
        )
        assert f'<p class="cite__text">{sentence}</p>' in text
        assert "<summary>Cite this page</summary>" in text

    @pytest.mark.parametrize("name", [*CITED, "city"])
    def test_programs_read_the_same_in_dublin_core(self, client, name):
        text = client.get(PAGES[name]).text
        found = metadata(text)
        assert found["title"] == CITED.get(name, "Wolverhampton")
        assert found["publisher"] == "UK Learning Cities"
        assert found["identifier"] == canonical_urls(text)[0]
        assert found["bibliographicCitation"].startswith(f"“{found['title']}”, UK Learning Cities, http")
        assert '<link rel="schema.DCTERMS" href="http://purl.org/dc/terms/">' in text

    def test_pages_without_content_are_not_cited(self, client):
        for name in ("home", "news", "about", "privacy"):
            assert metadata(client.get(PAGES[name]).text) == {}


def test_the_date_of_the_review_is_part_of_the_citation(client):
    city = make_city(slug="leeds", name="Leeds", last_reviewed=date(2026, 3, 5))
    found = metadata(client.get("/cities/leeds/").text)
    assert found["date"] == "2026-03-05"
    assert "http://testserver/cities/leeds/, reviewed on 5 March 2026, " in found["bibliographicCitation"]
    City.objects.filter(pk=city.pk).update(last_reviewed=None)
    found = metadata(client.get("/cities/leeds/").text)
    assert "date" not in found
    assert "reviewed" not in found["bibliographicCitation"]


def test_another_version_of_the_content_is_cited_as_another(client):
    guide = make_guide(slug="a-guide")
    before = metadata(client.get(guide.get_absolute_url()).text)["bibliographicCitation"]
    make_city()
    assert metadata(client.get(guide.get_absolute_url()).text)["bibliographicCitation"] != before


def test_a_database_that_is_not_prepared_has_no_version_to_cite(client):
    guide = make_guide(title="A guide", slug="a-guide")
    ContentVersion.objects.all().delete()
    found = metadata(client.get(guide.get_absolute_url()).text)
    assert (
        found["bibliographicCitation"] == "“A guide”, UK Learning Cities, http://testserver/guides/a-guide/."
    )


def test_a_preview_is_cited_by_the_url_that_the_page_will_have(admin_client):
    guide = make_guide(slug="a-guide", status="draft")
    text = admin_client.get(reverse("admin:directory_guide_preview", args=[guide.pk])).text
    assert metadata(text)["identifier"] == "http://testserver/guides/a-guide/"
    assert canonical_urls(text) == ["http://testserver/guides/a-guide/"]


def test_a_later_page_of_a_list_has_a_url_of_its_own(client):
    network = make_network()
    for number in range(51):
        partner = make_partner(name=f"College {number:02}")
        partner.partnerships.create(network=network, role="Helps", source=partner.source)
    assert canonical_urls(client.get("/partners/").text) == ["http://testserver/partners/"]
    text = client.get("/partners/?page=2&colour=red").text
    assert canonical_urls(text) == ["http://testserver/partners/?page=2"]
    assert metadata(text)["identifier"] == "http://testserver/partners/?page=2"
