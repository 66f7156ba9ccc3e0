"""Statements that stand together have one number beside their heading if all cite the same source."""

import re

import pytest

from directory.models import Partnership, Question
from tests.factories import (
    make_city,
    make_city_priority,
    make_guide,
    make_membership,
    make_network,
    make_network_answer,
    make_news_item,
    make_partner,
    make_priority,
    make_source,
)
from tests.references import cited_on

pytestmark = pytest.mark.django_db


def key_facts(sources):
    city = make_city(slug="leeds")
    for number, source in enumerate(sources):
        city.key_facts.create(label=f"Fact {number}", value="1", source=source)
    return city


def key_facts_at_a_glance(sources):
    city = make_city(slug="leeds")
    for number, source in enumerate(sources):
        city.key_facts.create(label=f"Fact {number}", value="1", at_a_glance=True, source=source)
    return city


def sections(sources):
    city = make_city(slug="leeds")
    for number, source in enumerate(sources):
        city.sections.create(heading=f"Part {number}", body="It learns.", source=source)
    return city


def city_priorities(sources):
    city = make_city(slug="leeds")
    for source in sources:
        make_city_priority(city, make_priority(), source=source)
    return city


def memberships(sources):
    city = make_city(slug="leeds")
    for source in sources:
        make_membership(city, make_network(), source=source)
    return city


def partnerships_of_a_city(sources):
    city = make_city(slug="leeds")
    for source in sources:
        Partnership.objects.create(partner=make_partner(), city=city, role="Helps", source=source)
    return city


def partnerships_of_a_network(sources):
    network = make_network(slug="guild")
    for source in sources:
        Partnership.objects.create(partner=make_partner(), network=network, role="Helps", source=source)
    return network


def partnerships_of_a_partner(sources):
    partner = make_partner(slug="navy", summary="It sails.")
    for source in sources:
        Partnership.objects.create(partner=partner, network=make_network(), role="Helps", source=source)
    return partner


def features(sources):
    network = make_network(slug="guild")
    for number, source in enumerate(sources):
        network.features.create(title=f"Feature {number}", text="It has it.", source=source)
    return network


def answers(sources):
    network = make_network(slug="guild")
    for question, source in zip(Question, sources, strict=False):
        make_network_answer(network, question, source=source)
    return network


def news(sources):
    city = make_city(slug="leeds")
    for source in sources:
        make_news_item(source=source).cities.add(city)
    return city


def members(sources):
    network = make_network(slug="guild")
    for source in sources:
        make_membership(make_city(), network, source=source)
    return network


def resources(sources):
    guide = make_guide(slug="how")
    for number, source in enumerate(sources):
        guide.resources.create(title=f"Resource {number}", source=source)
    return guide


GROUPS = [
    key_facts,
    key_facts_at_a_glance,
    sections,
    city_priorities,
    memberships,
    partnerships_of_a_city,
    partnerships_of_a_network,
    partnerships_of_a_partner,
    features,
    answers,
    news,
    members,
    resources,
]


@pytest.mark.parametrize("group", GROUPS)
class TestGroups:
    def test_one_source_of_all_is_cited_once_beside_the_heading(self, client, group):
        source = make_source()
        text = client.get(group([source] * 3).get_absolute_url()).text
        cited = cited_on(text)
        number = cited.number_of(source)
        assert [citation for citation in cited.citations if citation[0] == number] == [(number, 1)]
        assert re.search(rf'</h2><sup class="reference"><a id="reference-{number}-1"', text)

    def test_several_sources_are_cited_beside_each_statement(self, client, group):
        one, other = make_source(), make_source()
        cited = cited_on(client.get(group([one, other, one]).get_absolute_url()).text)
        numbers = [number for number, _ in cited.citations]
        assert numbers.count(cited.number_of(one)) == 2
        assert numbers.count(cited.number_of(other)) == 1
