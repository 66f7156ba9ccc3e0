"""Every fact of every document is on a public page, with its source beside it."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from directory.models import City, CityPriority, Membership, Priority, Source

DOCUMENTS = yaml.safe_load((Path(__file__).with_name("content_facts.yaml")).read_text(encoding="utf-8"))
ADDRESSES = {(document, fact["at"]) for document, entry in DOCUMENTS.items() for fact in entry["facts"]}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(unescape(response.text).split())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_fact_of_the_documents_can_be_read_at_its_url(client, document):
    pages = {url: read(client, url) for name, url in ADDRESSES if name == document}
    missing = [
        f"{fact['at']}: {fact['fact']}"
        for fact in DOCUMENTS[document]["facts"]
        if fact.get("reads", fact["fact"]) not in pages[fact["at"]]
    ]
    assert missing == []


@pytest.mark.parametrize(("document", "url"), sorted(ADDRESSES))
def test_the_page_names_the_document_as_a_source(client, document, url):
    source = Source.objects.get(slug=DOCUMENTS[document]["source"])
    text = read(client, url)
    assert source.title in text
    assert url == "/sources/" or f'href="/sources/#source-{source.slug}"' in text


def test_every_city_serves_the_priorities_that_its_documents_speak_of():
    served = {
        city.slug: {priority.slug for priority in city.shared_priorities}
        for city in City.objects.with_priorities()
    }
    assert served == {
        "belfast": {"raising-aspirations", "fair-access-and-inclusion", "a-culture-of-learning"},
        "bristol": {"fair-access-and-inclusion", "a-culture-of-learning"},
        "manchester": {"skills-and-work", "a-culture-of-learning"},
        "swansea": {"fair-access-and-inclusion", "enterprise-and-innovation", "prosperity-and-place"},
        "wakefield": {
            "skills-and-work",
            "a-culture-of-learning",
            "families-and-communities",
            "arts-culture-and-heritage",
        },
        "wolverhampton": {
            "raising-aspirations",
            "fair-access-and-inclusion",
            "skills-and-work",
            "health-and-wellbeing",
            "a-culture-of-learning",
            "families-and-communities",
            "prosperity-and-place",
        },
    }


def test_only_wolverhamptons_three_formal_priorities_are_adopted():
    adopted = CityPriority.objects.filter(basis="adopted").order_by("order")
    assert list(adopted.values_list("city__slug", "order", "title")) == [
        ("wolverhampton", 1, "Realising Aspirations"),
        ("wolverhampton", 2, "Skilled Workforce"),
        ("wolverhampton", 3, "Engaging Adults in Learning to Improve Health and Wellbeing"),
    ]


def test_only_two_memberships_are_dated():
    dated = Membership.objects.filter(date__isnull=False).order_by("city__slug")
    assert [(m.city.slug, m.joined) for m in dated] == [
        ("manchester", "on 14 February 2024"),
        ("wakefield", "on 14 February 2024"),
    ]


def test_no_city_is_a_member_of_the_rsas_programme():
    assert not Membership.objects.filter(network__slug="cities-of-learning").exists()


@pytest.mark.parametrize(
    ("slug", "latitude", "longitude"),
    [
        ("belfast", "54.59682", "-5.92541"),
        ("bristol", "51.45523", "-2.59665"),
        ("swansea", "51.62079", "-3.94323"),
        ("wolverhampton", "52.58547", "-2.12296"),
        ("manchester", "53.48095", "-2.23743"),
        ("wakefield", "53.68331", "-1.49768"),
    ],
)
def test_the_map_uses_the_gazetteers_position_and_not_the_printed_one(slug, latitude, longitude):
    city = City.objects.get(slug=slug)
    assert (str(city.latitude), str(city.longitude)) == (latitude, longitude)
    assert city.position_source.slug == "geonames"


def test_every_shared_priority_is_served_by_some_city():
    assert not Priority.objects.filter(city_priorities=None).exists()


def test_every_link_in_an_editors_text_leads_to_a_page(client):
    texts = "\n".join(path.read_text(encoding="utf-8") for path in settings.FIXTURES_DIR.glob("*.yaml"))
    links = set(re.findall(r"\]\((/[^)#]*)", texts))
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_every_record_passes_its_own_checks():
    for model in (City, CityPriority, Membership, Priority, Source):
        for record in model.objects.all():
            record.full_clean()
