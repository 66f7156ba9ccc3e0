"""How many queries opening and saving a form takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import City, Network, Partner
from tests.admin.forms import filled, page
from tests.factories import make_network, make_network_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

MAX_OPEN, MAX_SAVE = 30, 80


@pytest.fixture
def city():
    return City.objects.get(slug="wolverhampton")


@pytest.fixture
def url(city, admin_client):
    url = page(City, "change", city.pk)
    admin_client.get(url)  # content types and templates are cached from here on
    return url


def number_of_queries(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def number_of_related_records(city):
    relations = (
        city.city_priorities,
        city.sections,
        city.key_facts,
        city.partnerships,
        city.memberships,
    )
    return sum(relation.count() for relation in relations)


def double_the_related_records(city):
    """Give the city each of its related records twice, with another title, partner or network."""
    for name, title in (("city_priorities", "title"), ("sections", "heading"), ("key_facts", "label")):
        for record in getattr(city, name).all():
            priorities = list(record.priorities.all()) if name == "city_priorities" else []
            record.pk, record._state.adding = None, True
            setattr(record, title, f"{getattr(record, title)} again")
            record.save()
            if priorities:
                record.priorities.set(priorities)
    for partnership in city.partnerships.all():
        partnership.pk, partnership._state.adding = None, True
        partnership.partner = Partner.objects.exclude(partnerships__city=city).first()
        partnership.save()
    for membership in city.memberships.all():
        membership.pk, membership._state.adding = None, True
        membership.network = make_network()
        membership.save()


def test_opening_a_city(admin_client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(MAX_OPEN):
        admin_client.get(url)


def test_opening_a_city_with_twice_as_many_related_records_takes_no_more(admin_client, city, url):
    before = number_of_queries(admin_client, url)
    rows = number_of_related_records(city)
    double_the_related_records(city)
    assert number_of_related_records(city) == 2 * rows
    assert number_of_queries(admin_client, url) == before


def test_opening_a_network_with_more_answers_takes_no_more(admin_client):
    network = make_network()
    make_network_answer(network, "audience")
    url = page(Network, "change", network.pk)
    admin_client.get(url)  # content types and templates are cached from here on
    before = number_of_queries(admin_client, url)
    make_network_answer(network, "operator")
    make_network_answer(network, "joining")
    assert number_of_queries(admin_client, url) == before


@pytest.mark.parametrize("field", ["summary", "key_facts-0-value", "city_priorities-0-text"])
class TestSavingACityWithOneChangedText:
    def test_takes_few_queries(self, admin_client, url, field, django_assert_max_num_queries):
        sent = filled(admin_client.get(url)) | {field: "Another text."}
        with django_assert_max_num_queries(MAX_SAVE):
            assert admin_client.post(url, sent).status_code == 302

    def test_takes_no_more_with_twice_as_many_related_records(self, admin_client, city, url, field):
        before = self.number_of_queries(admin_client, url, field)
        double_the_related_records(city)
        assert self.number_of_queries(admin_client, url, field) == before

    def number_of_queries(self, client, url, field):
        sent = filled(client.get(url))
        with CaptureQueriesContext(connection) as queries:
            assert client.post(url, sent | {field: f"{sent[field]} More."}).status_code == 302
        return len(queries)
