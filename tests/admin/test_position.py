import pytest

from directory.models import City
from tests.admin.forms import filled, page
from tests.factories import make_city

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/directory/city/position/"


def test_a_pasted_position_fills_latitude_and_longitude(admin_client):
    city = make_city(name="Bristol", latitude="53.4", longitude="-1.5")
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"pasted_position": "51°27′16″N 2°35′16″W"}
    assert admin_client.post(url, sent).status_code == 302
    city.refresh_from_db()
    assert (str(city.latitude), str(city.longitude)) == ("51.45444", "-2.58778")


def test_what_cannot_be_read_is_named_beside_its_field_and_stays(admin_client):
    city = make_city()
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"pasted_position": "near the river"}
    refused = admin_client.post(url, sent)
    assert "“near the river” is not a pair of coordinates." in refused.text
    assert 'value="near the river"' in refused.text


def test_the_pin_is_on_the_map_before_anything_is_saved(admin_client):
    shown = admin_client.get(ADDRESS, {"text": "51.45523, -2.59665", "nation": "england"})
    assert "pin--here" in shown.text
    assert "51.45523° N, 2.59665° W" in shown.text
    assert "refusal" not in shown.text


def test_swapped_numbers_are_named_and_the_right_pair_is_suggested(admin_client):
    shown = admin_client.get(ADDRESS, {"text": "-2.59665, 51.45523", "nation": "england"})
    assert "look swapped" in shown.text
    assert 'data-latitude="51.45523" data-longitude="-2.59665"' in shown.text


def test_lost_marks_are_named_and_the_right_pair_is_suggested(admin_client):
    shown = admin_client.get(ADDRESS, {"text": "51.3700°N 3.5700°W", "nation": "wales"})
    assert "The marks for degrees, minutes and seconds may be missing." in shown.text
    assert 'data-latitude="51.61667" data-longitude="-3.95000"' in shown.text


@pytest.mark.parametrize(
    "text", ["", "<script>", "9" * 90, "9" * 50 + ", 1", "1e400, 2", "51, -2, 3", "-0, -0"]
)
def test_anything_else_gets_a_sentence(admin_client, text):
    shown = admin_client.get(ADDRESS, {"text": text, "nation": "atlantis"})
    assert shown.status_code == 200
    assert "position__refusal" in shown.text
    assert "<script>" not in shown.text


@pytest.mark.parametrize("degrees", ["1e999", "1e30", "9" * 40, "NaN", "Infinity", "-1e7"])
def test_an_absurd_number_gets_a_sentence_and_nothing_is_lost(admin_client, degrees):
    city = make_city()
    url = page(City, "change", city.pk)
    sent = filled(admin_client.get(url)) | {"latitude": degrees, "summary": "An hour of work."}
    refused = admin_client.post(url, sent)
    assert refused.status_code == 200
    assert refused.context["adminform"].form.errors["latitude"]
    assert "An hour of work.</textarea>" in refused.text


def test_it_is_for_staff_only(client):
    assert client.get(ADDRESS, {"text": "51, -2"}).status_code == 302
