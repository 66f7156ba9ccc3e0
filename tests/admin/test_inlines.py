import pytest

from directory.models import City
from tests.admin.forms import filled, forms_to_add, page
from tests.factories import make_city

pytestmark = pytest.mark.django_db


def test_a_new_part_without_a_number_goes_to_the_end(admin_client):
    city = make_city()
    city.sections.create(heading="First", body="…", order=4, source=city.source)
    address = page(City, "change", city.pk)
    new = {
        "sections-TOTAL_FORMS": "2",
        "sections-1-heading": "Second",
        "sections-1-body": "…",
        "sections-1-order": "0",
        "sections-1-source": city.source.pk,
    }
    assert admin_client.post(address, filled(admin_client.get(address)) | new).status_code == 302
    assert city.sections.get(heading="Second").order == 5


def test_what_was_typed_into_a_part_that_was_deleted_is_kept_and_can_be_added_again(admin_client):
    city = make_city()
    address = page(City, "change", city.pk)
    gone, touched, left = (
        city.key_facts.create(label=label, value="1", order=order, source=city.source)
        for order, label in enumerate(("Gone", "Touched", "Left"), 1)
    )
    mine = filled(admin_client.get(address)) | {"key_facts-1-value": "An hour of work."}
    gone.delete()
    touched.delete()
    refused = admin_client.post(address, mine)
    assert refused.status_code == 200
    assert "An hour of work." in refused.text
    again = filled(refused) | {
        name: value for name, value in forms_to_add(refused).items() if name.startswith("key_facts-")
    }
    saved = admin_client.post(address, again | {"overwrite": refused.context["newer_version"]})
    assert saved.status_code == 302
    assert list(city.key_facts.values_list("label", "value")) == [
        ("Touched", "An hour of work."),
        ("Left", "1"),
    ]
    assert left in city.key_facts.all()
