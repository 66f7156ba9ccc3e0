import pytest

from directory.models import City
from tests.admin.forms import filled, forms_to_add, page
from tests.factories import make_city, make_city_priority, make_priority

pytestmark = pytest.mark.django_db


def test_a_new_record_without_a_number_goes_to_the_end(admin_client):
    city = make_city()
    city.sections.create(heading="First", body="…", order=4, source=city.source)
    url = page(City, "change", city.pk)
    new = {
        "sections-TOTAL_FORMS": "2",
        "sections-1-heading": "Second",
        "sections-1-body": "…",
        "sections-1-order": "0",
        "sections-1-source": city.source.pk,
    }
    assert admin_client.post(url, filled(admin_client.get(url)) | new).status_code == 302
    assert city.sections.get(heading="Second").order == 5


def test_what_was_typed_into_a_deleted_record_is_not_lost_and_can_be_added_again(admin_client):
    city = make_city()
    url = page(City, "change", city.pk)
    gone, touched, left = (
        city.key_facts.create(label=label, value="1", order=order, source=city.source)
        for order, label in enumerate(("Gone", "Touched", "Left"), 1)
    )
    mine = filled(admin_client.get(url)) | {"key_facts-1-value": "An hour of work."}
    gone.delete()
    touched.delete()
    refused = admin_client.post(url, mine)
    assert refused.status_code == 200
    assert "An hour of work." in refused.text
    again = filled(refused) | {
        name: value for name, value in forms_to_add(refused).items() if name.startswith("key_facts-")
    }
    saved = admin_client.post(url, again | {"overwrite": refused.context["newer_version"]})
    assert saved.status_code == 302
    assert list(city.key_facts.values_list("label", "value")) == [
        ("Touched", "An hour of work."),
        ("Left", "1"),
    ]
    assert left in city.key_facts.all()


def test_an_untouched_row_is_neither_validated_nor_saved(admin_client):
    city = make_city()
    city.key_facts.create(label="Area", value="1", source=city.source)
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"summary": "Another."}
    assert admin_client.post(url, sent).status_code == 302
    fact = city.key_facts.get()
    assert (fact.label, fact.value, fact.history.count()) == ("Area", "1", 1)


def test_a_row_that_is_only_ticked_for_deletion_is_deleted(admin_client):
    city = make_city()
    for label in ("Area", "People"):
        city.key_facts.create(label=label, value="1", source=city.source)
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"key_facts-0-DELETE": "on"}
    assert admin_client.post(url, sent).status_code == 302
    assert [fact.label for fact in city.key_facts.all()] == ["People"]


def test_a_row_that_is_emptied_is_refused(admin_client):
    city = make_city()
    city.key_facts.create(label="Area", value="1", source=city.source)
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"key_facts-0-label": "", "key_facts-0-value": ""}
    refused = admin_client.post(url, sent)
    assert refused.text.count("This field is required.") == 2
    assert city.key_facts.get().label == "Area"


def test_a_row_that_repeats_an_untouched_one_is_refused(admin_client):
    city = make_city()
    for label in ("Area", "People"):
        city.key_facts.create(label=label, value="1", source=city.source)
    url = page(City, "change", city.pk)
    for field in ("key_facts-0-label", "key_facts-1-label"):
        other = "People" if field == "key_facts-0-label" else "Area"
        refused = admin_client.post(url, filled(admin_client.get(url)) | {field: other})
        assert refused.status_code == 200
        assert "Please correct the duplicate data for label" in refused.text
    assert [fact.label for fact in city.key_facts.all()] == ["Area", "People"]


def test_a_relation_of_a_row_that_is_changed_is_saved_and_shown_again(admin_client):
    city = make_city()
    skills, health = make_priority(name="Skills"), make_priority(name="Health")
    aim = make_city_priority(city, skills)
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"city_priorities-0-priorities": [health.pk], "name": ""}
    refused = admin_client.post(url, sent)
    assert f'<option value="{health.pk}" selected>Health</option>' in refused.text
    assert ">Skills</option>" not in refused.text
    assert admin_client.post(url, sent | {"name": "Leeds"}).status_code == 302
    assert list(aim.priorities.all()) == [health]
    assert f'<option value="{health.pk}" selected>Health</option>' in admin_client.get(url).text
