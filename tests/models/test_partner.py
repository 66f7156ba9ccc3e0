import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from directory.models import Partner, Partnership
from tests.factories import make_city, make_network, make_partner

pytestmark = pytest.mark.django_db


def make_partnership(**fields):
    partner = fields.pop("partner", None) or make_partner()
    return Partnership.objects.create(partner=partner, role="Partner", source=partner.source, **fields)


def test_a_partnership_of_neither_city_nor_network_is_refused():
    with pytest.raises(IntegrityError):
        make_partnership()


def test_a_partnership_of_both_city_and_network_is_refused():
    with pytest.raises(IntegrityError):
        make_partnership(city=make_city(), network=make_network())


def test_the_refusal_says_what_to_do():
    partner = make_partner()
    with pytest.raises(ValidationError, match="Select a city or a network, but not both"):
        Partnership(partner=partner, role="Partner", source=partner.source).full_clean()


def test_an_organisation_partners_a_city_once():
    partner, city = make_partner(), make_city()
    make_partnership(partner=partner, city=city)
    with pytest.raises(IntegrityError):
        make_partnership(partner=partner, city=city)


def test_partnerships_of_draft_cities_are_not_public():
    partner = make_partner()
    make_partnership(partner=partner, city=make_city(status="draft"))
    seen = make_partnership(partner=partner, network=make_network())
    assert list(Partnership.objects.published()) == [seen]
    assert list(Partner.objects.with_page_data().get().partnerships.all()) == [seen]


@pytest.mark.parametrize(
    ("fields", "has_page"),
    [
        ({}, False),
        ({"summary": "It teaches."}, True),
        ({"website": "https://college.example/"}, True),
        ({"kind": "group", "summary": "They teach."}, False),
    ],
)
def test_only_an_organisation_with_more_to_say_than_its_role_has_a_page(fields, has_page):
    partner = make_partner(slug="college", **fields)
    make_partnership(partner=partner, network=make_network(slug="divers"))
    assert partner.has_page is has_page
    assert Partner.objects.with_page().exists() is has_page
    url = "/partners/college/" if has_page else "/networks/divers/#partner-college"
    assert partner.get_absolute_url() == url


def test_the_public_sees_an_organisation_once_a_city_that_it_works_with_is_published():
    partner, city = make_partner(summary="It teaches."), make_city(status="draft")
    make_partnership(partner=partner, city=city)
    assert not partner.is_published
    assert not Partner.objects.published().exists()
    city.status = "published"
    city.save()
    assert partner.is_published
    assert list(Partner.objects.with_page()) == [partner]


def test_an_organisation_that_only_drafts_name_leads_to_the_list():
    partner = make_partner()
    make_partnership(partner=partner, city=make_city(status="draft"))
    assert partner.get_absolute_url() == "/partners/"
