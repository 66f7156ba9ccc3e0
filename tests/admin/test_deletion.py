import pytest

from directory.models import City
from tests.admin.forms import filled, page
from tests.factories import make_city, make_city_priority, make_correction, make_priority

pytestmark = pytest.mark.django_db


def test_deleting_says_what_goes_with_it_and_what_only_leads_here(admin_client):
    city = make_city()
    make_city_priority(city, make_priority(), title="Work")
    make_correction(city)
    several = {"action": "delete_selected", "_selected_action": [city.pk]}
    for response in (
        admin_client.get(page(City, "delete", city.pk)),
        admin_client.post(page(City, "changelist"), several),
    ):
        assert "Not deleted, but will lose their link to this: 1 correction." in response.text
        assert "Work" in response.text
        assert "relationship" not in response.text


def test_a_record_that_was_deleted_shows_what_was_typed_and_where_to_restore_it(admin_client):
    city = make_city()
    url = page(City, "change", city.pk)
    mine = filled(admin_client.get(url)) | {"summary": "An hour of work."}
    city.delete()
    answer = admin_client.post(url, mine)
    assert answer.status_code == 410
    assert "An hour of work." in answer.text
    assert page(City, "deleted") in answer.text
    assert "csrf" not in answer.text.split('id="content-main"')[1].split("</dl>")[0]
