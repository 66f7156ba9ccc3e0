"""The page of sources: the most used first, each with the pages that use it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import City, Source
from tests.factories import make_city, make_source

pytestmark = pytest.mark.django_db


def entries(text):
    """The entry of each source, by its slug."""
    parts = re.split('<section class="source-entry" id="source-', text)[1:]
    return {part.partition('"')[0]: " ".join(part.split()) for part in parts}


@pytest.mark.usefixtures("content")
class TestRealContent:
    def test_every_source_has_an_entry_and_the_gazetteer_comes_last(self, client):
        text = client.get("/sources/").text
        assert len(entries(text)) == 6
        assert next(iter(entries(text))) == "about-wolverhampton-city-learning-region"
        assert [*entries(text)][-1] == "geonames"
        assert "Creative Commons Attribution 4.0" in text
        assert "National Lottery" in text

    def test_the_title_leads_to_the_document(self, client):
        entry = entries(client.get("/sources/").text)["learning-cities"]
        assert '<a href="https://unesco.org.uk/learning-cities/">Learning Cities</a></h2>' in entry

    def test_one_line_says_where_most_statements_use_it_and_the_rest_is_folded_away(self, client):
        entry = entries(client.get("/sources/").text)["about-wolverhampton-city-learning-region"]
        line, folded = entry.split("<details")
        assert re.search(
            r'Used by \d+ statements on <a href="/cities/wolverhampton/">Wolverhampton</a>', line
        )
        assert re.search(r"and on \d+ more pages\.</p>", line)
        assert "<dt>Cities</dt>" in folded

    def test_printed_coordinates_stand_in_the_entry_of_the_document_that_prints_them(self, client):
        found = entries(client.get("/sources/").text)
        entry = found.pop("learning-cities")
        assert "Coordinates printed in this document" not in "".join(found.values())
        assert entry.count("Coordinates printed in this document") == 1
        rows = re.findall(r'<tr id="coordinates-([a-z]+)">(.*?)</tr>', entry)
        assert [slug for slug, _ in rows] == ["belfast", "bristol", "swansea", "wolverhampton"]
        assert '<a href="/cities/belfast/">Belfast</a>' in rows[0][1]
        assert "53.2424°N 2.5940°W" in rows[0][1]
        assert "Liverpool, which is not in this directory" in rows[0][1]

    def test_the_coordinates_of_a_draft_are_not_listed(self, client):
        City.objects.filter(slug="belfast").update(status="draft")
        assert "coordinates-belfast" not in client.get("/sources/").text

    def test_the_page_needs_as_many_queries_for_more_cities(self, client, django_assert_num_queries):
        with CaptureQueriesContext(connection) as before:
            client.get("/sources/")
        for _ in range(10):
            make_city(source=Source.objects.first())
        with django_assert_num_queries(len(before)):
            client.get("/sources/")


def test_the_document_that_most_statements_use_comes_first(client):
    make_source(slug="unused", publisher="A"), make_source(slug="gazetteer", publisher="B", kind="gazetteer")
    often = make_source(slug="often", publisher="C")
    make_city(source=often), make_city(source=often)
    make_city(source=make_source(slug="once", publisher="B"))
    assert [*entries(client.get("/sources/").text)] == ["often", "once", "unused", "gazetteer"]


def test_a_source_names_some_of_many_pages_and_counts_the_others(client):
    source = make_source()
    for _ in range(30):
        make_city(source=source)
    line, folded = client.get("/sources/").text.split('<details class="citations"')
    assert "and on 27 more pages." in line
    assert folded.count("2 statements</span>") == 24
    assert "<dd>and 6 more</dd>" in folded


def test_a_source_of_a_few_pages_folds_nothing_away(client):
    make_city(name="Leeds", source=make_source())
    text = " ".join(client.get("/sources/").text.split())
    assert 'Used by 2 statements on <a href="/cities/city' in text
    assert 'class="citations"' not in text
