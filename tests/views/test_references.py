"""Every statement has a number that leads to its source in the list at the end of the page."""

import re

import pytest
from django.urls import reverse

from directory.current_tokens import current_tokens
from directory.models import CONTENT, City, Partnership, Source
from directory.models.citations import citing_pages
from directory.models.former_slug import SluggedModel
from directory.views.city_results import city_cards
from directory.views.city_surroundings import city_surroundings
from tests.factories import (
    make_city,
    make_network,
    make_partner,
    make_priority,
    make_source,
)
from tests.pages import PAGES
from tests.references import cited_on
from tests.relations import RELATIONS

pytestmark = pytest.mark.django_db

KINDS = [model for model in CONTENT if issubclass(model, SluggedModel)]


def test_these_relations_lead_from_pages_to_sources():
    assert {*RELATIONS} == {
        "City.city_priorities.source",
        "City.coordinates_source",
        "City.key_facts.source",
        "City.memberships.source",
        "City.news.source",
        "City.partnerships.source",
        "City.position_source",
        "City.sections.source",
        "City.source",
        "Guide.resources.source",
        "Guide.sections.source",
        "Guide.source",
        "Network.answers.source",
        "Network.features.source",
        "Network.figures.source",
        "Network.memberships.source",
        "Network.partnerships.source",
        "Network.sections.source",
        "Network.source",
        "NewsItem.source",
        "Partner.partnerships.source",
        "Partner.source",
        "Priority.city_priorities.source",
    }


@pytest.mark.usefixtures("content")
class TestRealContent:
    @pytest.mark.parametrize("relation", RELATIONS)
    def test_a_statement_with_a_source_of_its_own_has_a_number_and_an_entry(self, client, relation):
        field, page_field = RELATIONS[relation]
        records = field.model._default_manager.filter(**{f"{page_field}__isnull": False})
        statement = (records.with_page() if page_field == "pk" else records).last()
        source = make_source()
        setattr(statement, field.name, source)
        if field.name == "coordinates_source":
            statement.coordinates_as_published = "51°N 2°W"
        statement.save()
        page = statement if page_field == "pk" else getattr(statement, page_field)
        page = page if isinstance(page, SluggedModel) else page.first()
        cited = cited_on(client.get(page.get_absolute_url()).text)
        assert cited.number_of(source) is not None
        assert (cited.number_of(source), 1) in cited.citations

    @pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())
    def test_every_number_leads_to_an_entry_and_every_entry_back_to_its_numbers(self, client, url):
        cited = cited_on(client.get(url).text)
        assert {number for number, _ in cited.citations} == {*cited.slugs}
        assert sorted(cited.backlinks) == sorted(cited.citations)

    @pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())
    def test_sources_are_numbered_from_1_in_the_order_of_their_first_use(self, client, url):
        cited = cited_on(client.get(url).text)
        first_used = list(dict.fromkeys(number for number, _ in cited.citations))
        assert first_used == list(range(1, len(first_used) + 1)) == list(cited.slugs)

    @pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())
    def test_the_name_of_a_heading_has_no_number(self, client, url):
        headings = re.findall(r"<h[1-6].*?</h[1-6]>", client.get(url).text, re.DOTALL)
        assert headings
        assert not [heading for heading in headings if "doc-noteref" in heading]

    @pytest.mark.parametrize("url", [url for url in PAGES.values() if url != "/sources/"])
    def test_undated_is_said_once_for_each_undated_source(self, client, url):
        text = client.get(url).text
        undated = [slug for slug in cited_on(text).slugs.values() if Source.objects.get(slug=slug).is_undated]
        assert text.count(", undated") == len(undated)

    def test_an_entry_names_the_publisher_the_document_and_its_date(self, client):
        text = " ".join(client.get("/cities/manchester/").text.split())
        source = Source.objects.get(slug="manchester-and-wakefield-join")
        assert f'{source.publisher}, <a href="{source.url}">{source.title}</a>, February 2024' in text

    def test_a_document_without_a_url_is_named_without_a_link(self, client):
        Source.objects.filter(slug="learning-cities").update(url="")
        text = " ".join(client.get("/cities/belfast/").text.split())
        assert "UK National Commission for UNESCO, Learning Cities, undated" in text

    def test_a_page_lists_a_source_exactly_when_the_source_lists_the_page(self, client):
        listed_by_page = {
            (record.get_absolute_url(), slug)
            for kind in KINDS
            for record in kind._default_manager.with_page()
            for slug in cited_on(client.get(record.get_absolute_url()).text).slugs.values()
        }
        slugs = dict(Source.objects.values_list("pk", "slug"))
        listed_by_source = {
            (page.get_absolute_url(), slugs[source])
            for source, kinds in citing_pages().items()
            for pages in kinds
            for page, _ in pages.named
        }
        assert listed_by_page == listed_by_source

    def test_home_cites_the_source_of_the_guide_that_it_sums_up(self, client):
        assert cited_on(client.get("/").text).slugs == {1: "learning-cities"}

    def test_lists_cite_nothing(self, client):
        for url in ("/cities/", "/priorities/", "/partners/", "/guides/", "/news/", "/about/"):
            text = client.get(url).text
            assert "doc-noteref" not in text, url
            assert "doc-endnotes" not in text, url

    def test_what_is_cached_for_several_pages_cites_nothing(self, client):
        city = City.objects.get(slug="wolverhampton")
        surroundings, tokens = city_surroundings(city), current_tokens()
        fragments = [surroundings.map, surroundings.others]
        fragments += city_cards([city.pk], tokens).values()
        assert not [fragment for fragment in fragments if "doc-noteref" in fragment]

    @pytest.mark.parametrize("url", ["/", "/cities/wolverhampton/"])
    def test_the_numbers_are_the_same_when_the_rest_comes_from_the_cache(self, client, url):
        assert cited_on(client.get(url).text) == cited_on(client.get(url).text)

    def test_a_preview_of_a_draft_has_its_numbers(self, admin_client):
        city = City.objects.get(slug="belfast")
        City.objects.filter(pk=city.pk).update(status="draft")
        text = admin_client.get(reverse("admin:directory_city_preview", args=[city.pk])).text
        assert cited_on(text).slugs[1] == "learning-cities"
        assert "#coordinates-belfast" not in text


def test_a_source_that_a_page_cites_twice_has_one_number(client):
    city, source = make_city(slug="leeds"), make_source()
    for label in ("Then", "Now"):
        city.key_facts.create(label=label, value="It learns.", source=source)
    city.key_facts.create(label="Soon", value="It will learn.", source=make_source())
    cited = cited_on(client.get("/cities/leeds/").text)
    assert cited.citations == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]  # 1 is of the summary and position
    assert cited.number_of(source) == 2


def test_a_partner_without_a_summary_cites_its_source_beside_its_name(client):
    partner = make_partner(slug="navy", website="https://navy.example/")
    Partnership.objects.create(partner=partner, network=make_network(), role="Helps", source=partner.source)
    text = client.get("/partners/navy/").text
    assert f'{partner.name}</h1><sup class="reference">' in text


def test_a_page_without_statements_has_no_list_of_sources(client):
    make_priority(slug="diving")
    assert "doc-endnotes" not in client.get("/priorities/diving/").text
