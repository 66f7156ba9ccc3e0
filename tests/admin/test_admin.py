import pytest
from django.apps import apps
from django.contrib import admin

from directory.history.version_token import version_token
from directory.models import City, Correction, FormerSlug, Membership, Partnership
from tests.admin.forms import page
from tests.factories import (
    make_city,
    make_city_priority,
    make_correction,
    make_network,
    make_partner,
    make_priority,
    make_source,
)

pytestmark = pytest.mark.django_db

EVERYTHING = list(apps.get_app_config("directory").get_models())
MODELS = [model for model in EVERYTHING if admin.site.is_registered(model)]


def empty_inlines(response):
    """What a browser would send for the inlines of a form, before anything is added to them."""
    return {
        f"{formset.formset.prefix}-{name}": formset.formset.management_form[name].value()
        for formset in response.context["inline_admin_formsets"]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }


def test_every_model_is_in_the_admin():
    missing = {model.__name__ for model in EVERYTHING if model not in MODELS}
    historical = {name for name in missing if name.startswith("Historical")}
    # The database and the search write the first two; an upload waits for hours, for one person.
    assert missing - historical == {"ContentVersion", "SearchEntry", "Upload"}


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
class TestEveryModel:
    def test_its_list_opens_and_can_be_searched(self, admin_client, model):
        assert admin_client.get(page(model, "changelist")).status_code == 200
        assert admin_client.get(page(model, "changelist"), {"q": "learning"}).status_code == 200

    def test_its_form_opens_for_what_there_is(self, admin_client, model):
        if model is FormerSlug:
            make_city(slug="old").save()
            city = City.objects.get(slug="old")
            city.slug = "new"
            city.save()
        if model is Correction:
            make_correction()
        record = model._default_manager.first()
        assert admin_client.get(page(model, "change", record.pk)).status_code == 200

    def test_its_form_opens_for_something_new_if_staff_may_add_it(self, admin_client, model):
        expected = 403 if model.__name__ in {"Correction", "FormerSlug", "LoadedRecord"} else 200
        assert admin_client.get(page(model, "add")).status_code == expected

    def test_its_list_needs_no_query_a_row(self, admin_client, model, django_assert_max_num_queries):
        with django_assert_max_num_queries(20):
            admin_client.get(page(model, "changelist"))


def a_city(**fields):
    source = make_source()
    return {
        "name": "Leeds",
        "slug": "leeds",
        "nation": "england",
        "status": "published",
        "standfirst": "Learning for everyone.",
        "summary": "A city that learns.",
        "source": source.pk,
        "latitude": "53.79648",
        "longitude": "-1.54785",
        "position_source": source.pk,
        "label_side": "right",
        "review_months": "12",
    } | fields


def post(admin_client, fields):
    url = page(City, "add")
    return admin_client.post(url, empty_inlines(admin_client.get(url)) | fields)


def complaints(response):
    return " ".join(str(error) for errors in response.context["errors"] for error in errors)


def test_a_whole_city_is_made_on_one_form(admin_client, client):
    priority, network, partner = make_priority(), make_network(), make_partner()
    fields = a_city()
    source = fields["source"]
    inlines = {
        "city_priorities-TOTAL_FORMS": 1,
        "city_priorities-0-title": "Evening classes",
        "city_priorities-0-text": "For all.",
        "city_priorities-0-order": 1,
        "city_priorities-0-basis": "adopted",
        "city_priorities-0-priorities": [priority.pk],
        "city_priorities-0-source": source,
        "memberships-TOTAL_FORMS": 1,
        "memberships-0-network": network.pk,
        "memberships-0-date": "2024-02-14",
        "memberships-0-precision": "day",
        "memberships-0-source": source,
        "partnerships-TOTAL_FORMS": 1,
        "partnerships-0-partner": partner.pk,
        "partnerships-0-role": "Launch partner",
        "partnerships-0-order": 1,
        "partnerships-0-source": source,
        "sections-TOTAL_FORMS": 1,
        "sections-0-heading": "How it began",
        "sections-0-body": "At night.",
        "sections-0-order": 1,
        "sections-0-source": source,
        "key_facts-TOTAL_FORMS": 1,
        "key_facts-0-label": "River",
        "key_facts-0-value": "Aire",
        "key_facts-0-order": 1,
        "key_facts-0-source": source,
    }
    assert post(admin_client, fields | inlines).status_code == 302
    text = client.get("/cities/leeds/").text
    for expected in (
        "Evening classes",
        "One formal priority",
        priority.name,
        "Joined on 14 February 2024",
        partner.name,
        "How it began",
        "Aire",
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"latitude": "-1.54785", "longitude": "53.79648"}, "look swapped"),
        ({"latitude": "48.85", "longitude": "2.35"}, "is outside the United Kingdom"),
        ({"latitude": "55.5", "longitude": "0.5"}, "km) from land"),
        ({"nation": "wales"}, "is in England"),
        ({"latitude": "", "status": "draft"}, "Enter the latitude, longitude and source of the position"),
        (
            {"latitude": "", "longitude": "", "position_source": ""},
            "A published city needs a position, because the map shows every city.",
        ),
        ({"coordinates_as_published": "1°N"}, "Enter both the coordinates as published and their source"),
    ],
)
def test_a_position_that_cannot_be_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    admin_client, fields, complaint
):
    response = post(admin_client, a_city(**fields))
    assert response.status_code == 200
    assert complaint in complaints(response)
    assert 'value="Leeds"' in response.text
    assert not City.objects.exists()


def test_a_position_a_little_off_the_coast_is_saved_with_a_warning(admin_client):
    response = admin_client.get(page(City, "add"))
    pier = a_city(name="Southend", slug="southend", latitude="51.5140", longitude="0.7220")
    saved = admin_client.post(page(City, "add"), empty_inlines(response) | pier, follow=True)
    assert City.objects.get().name == "Southend"
    assert "out to sea on our map" in saved.text


@pytest.mark.parametrize("latitude", ["53.7964800", "53.7964812345"])
def test_a_position_as_a_map_site_gives_it_is_rounded_to_the_metre(admin_client, latitude):
    assert post(admin_client, a_city(latitude=latitude)).status_code == 302
    assert str(City.objects.get().latitude) == "53.79648"


def test_what_belongs_to_a_city_leads_to_its_page(admin_client):
    own = make_city_priority(make_city(slug="open"))
    assert 'href="/cities/open/"' in admin_client.get(page(type(own), "change", own.pk)).text


def test_a_membership_with_a_date_that_is_not_known_is_refused(admin_client):
    fields = a_city()
    response = post(
        admin_client,
        fields
        | {
            "memberships-TOTAL_FORMS": 1,
            "memberships-0-network": make_network().pk,
            "memberships-0-date": "2024-02-14",
            "memberships-0-precision": "unknown",
            "memberships-0-source": fields["source"],
        },
    )
    assert "Enter a date and select how precisely it is known" in response.text
    assert not Membership.objects.exists()


def test_view_on_site_leads_to_the_page_and_a_draft_has_none(admin_client):
    published, draft = make_city(slug="open"), make_city(slug="hidden", status="draft")
    assert 'href="/cities/open/"' in admin_client.get(page(City, "change", published.pk)).text
    assert 'href="/cities/hidden/"' not in admin_client.get(page(City, "change", draft.pk)).text


def test_after_a_renaming_in_the_admin_the_former_url_redirects(admin_client, client):
    city = make_city(slug="old", name="Leeds", latitude="53.79648", longitude="-1.54785")
    url = page(City, "change", city.pk)
    fields = a_city(slug="new", source=city.source.pk, position_source=city.source.pk)
    fields["version_token"] = version_token(City, city.pk)
    assert admin_client.post(url, empty_inlines(admin_client.get(url)) | fields).status_code == 302
    assert client.get("/cities/old/").url == "/cities/new/"


def test_deleting_a_source_that_something_rests_on_says_what_and_refuses(admin_client):
    city = make_city(name="Leeds")
    response = admin_client.post(
        page(type(city.source), "delete", city.source.pk), {"post": "yes"}, follow=True
    )
    assert "Leeds" in response.text
    assert City.objects.exists()


def test_a_partnership_of_two_owners_is_refused(admin_client):
    partner = make_partner()
    response = admin_client.post(
        page(Partnership, "add"),
        {
            "partner": partner.pk,
            "city": make_city().pk,
            "network": make_network().pk,
            "role": "Both",
            "order": 1,
            "source": partner.source.pk,
        },
    )
    assert "Select a city or a network, but not both." in response.text


def test_the_same_partner_twice_on_one_form_is_refused_with_a_sentence(admin_client):
    fields = a_city()
    partner = make_partner()
    twice = {"partnerships-TOTAL_FORMS": 2}
    for number in range(2):
        twice |= {
            f"partnerships-{number}-partner": partner.pk,
            f"partnerships-{number}-role": "Partner",
            f"partnerships-{number}-order": number,
            f"partnerships-{number}-source": fields["source"],
        }
    response = post(admin_client, fields | twice)
    assert "Please correct the duplicate data for partner" in response.text
    assert not City.objects.exists()


def test_visitors_are_asked_to_sign_in(client):
    assert client.get("/admin/directory/city/").status_code == 302
