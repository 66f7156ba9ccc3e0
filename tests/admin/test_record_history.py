import pytest
from django.contrib.auth.models import Permission

from directory.models import City, KeyFact, Priority
from tests.admin.forms import filled, page
from tests.factories import make_city, make_priority

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    position = {"latitude": "53.79648", "longitude": "-1.54785"}
    return make_city(name="Leeds", slug="leeds", summary="Old words.", **position)


@pytest.fixture
def change(admin_client, city):
    """Change the city in the admin."""

    def change(**fields):
        url = page(City, "change", city.pk)
        response = admin_client.post(url, filled(admin_client.get(url)) | fields)
        assert response.status_code == 302, response.context["adminform"].form.errors

    return change


def test_the_history_says_who_changed_what_related_records_included(admin_client, city, change):
    city.key_facts.create(label="People", value="1", source=city.source)
    change(**{"summary": "New words.", "key_facts-0-value": "2"})
    text = admin_client.get(page(City, "history", city.pk)).text
    assert "<del>Old</del><ins>New</ins> words." in text
    assert "Key fact “People: 2” changed" in text
    assert ", admin</h2>" in text


def test_an_earlier_version_is_two_clicks_away(admin_client, city, change):
    change(summary="New words.")
    history = admin_client.get(page(City, "history", city.pk))
    first = history.context["change_sets"][-1]
    url = page(City, "revert", city.pk, first.token)
    assert f'action="{url}"' in history.text
    done = admin_client.post(url, follow=True)
    assert "Leeds was restored to that version." in done.text
    city.refresh_from_db()
    assert city.summary == "Old words."
    assert "Restored as it was on" in done.text


def test_a_version_that_is_not_possible_any_more_says_why(admin_client, city, change):
    change(name="Hull", slug="hull")
    city.former_slugs.all().delete()
    make_city(name="Leeds", slug="leeds")
    first = admin_client.get(page(City, "history", city.pk)).context["change_sets"][-1]
    done = admin_client.post(page(City, "revert", city.pk, first.token), follow=True)
    assert "Nothing was changed: City with this" in done.text


def test_a_deleted_city_comes_back_from_the_list_of_the_deleted(admin_client, client, city):
    city.key_facts.create(label="People", value="812,000", source=city.source)
    admin_client.post(page(City, "delete", city.pk), {"post": "yes"})
    assert client.get("/cities/leeds/").status_code == 404
    assert page(City, "deleted") in admin_client.get(page(City, "changelist")).text
    deleted = admin_client.get(page(City, "deleted"))
    assert "<strong>Leeds</strong>, deleted on" in deleted.text
    assert "by admin" in deleted.text
    ((state, *_),) = deleted.context["deleted"]
    done = admin_client.post(page(City, "restore_deleted", state.change_set), follow=True)
    assert "Restored, with its related records." in done.text
    assert "812,000" in client.get("/cities/leeds/").text
    assert "Nothing has been deleted." in admin_client.get(page(City, "deleted")).text


def test_viewing_the_history_restores_nothing(admin_client, city):
    token = City.history.first().change_set
    assert admin_client.get(page(City, "revert", city.pk, token)).status_code == 405
    assert admin_client.get(page(City, "restore_deleted", token)).status_code == 405


def test_what_is_not_there_has_no_history(admin_client, city):
    assert admin_client.get(page(City, "history", 4711)).status_code == 404
    assert admin_client.post(page(City, "revert", city.pk, "0" * 32)).status_code == 404


def test_who_may_only_edit_sees_the_history_and_restores_nothing(client, django_user_model, city):
    ann = django_user_model.objects.create_user("ann", is_staff=True)
    ann.user_permissions.set(Permission.objects.filter(codename__in=["view_city", "change_city"]))
    client.force_login(ann)
    token = City.history.first().change_set
    assert client.get(page(City, "history", city.pk)).status_code == 200
    assert client.post(page(City, "revert", city.pk, token)).status_code == 403
    assert client.post(page(City, "restore_deleted", token)).status_code == 403
    assert client.get(page(Priority, "deleted")).status_code == 403


def test_every_kind_of_record_has_its_history(admin_client):
    priority = make_priority(name="Skills")
    assert "Priority “Skills” added" in admin_client.get(page(Priority, "history", priority.pk)).text
    fact = KeyFact.objects.create(city=make_city(), label="People", value="1", source=make_city().source)
    assert "Key fact “People: 1” added" in admin_client.get(page(KeyFact, "history", fact.pk)).text
