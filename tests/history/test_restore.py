from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from directory.history.restore import restore_deleted, revert
from directory.history.timeline import timeline
from directory.history.version_token import version_token
from directory.models import City, CityPriority, FormerSlug, KeyFact, Network, Partnership
from tests.factories import (
    make_city,
    make_city_priority,
    make_correction,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
)

pytestmark = pytest.mark.django_db
RELATED = [(CityPriority, "city"), (KeyFact, "city")]


@contextmanager
def one_request():
    """What is done meanwhile counts as done in one request."""
    request = HistoricalRecords.context.request = RequestFactory().post("/")
    yield request
    del HistoricalRecords.context.request


def test_an_earlier_version_is_restored_with_its_related_records():
    city = make_city(summary="First.")
    skills, health = make_priority(), make_priority()
    city_priority = make_city_priority(city, skills, title="Work")
    token = version_token(City, city.pk, RELATED)
    city_priority.priorities.set([health])
    city_priority.title = "Play"
    city_priority.save()
    city.summary = "Second."
    city.save()
    city.key_facts.create(label="People", value="1", source=city.source)
    revert(City, city.pk, token, RELATED)
    city.refresh_from_db()
    city_priority.refresh_from_db()
    assert (city.summary, city_priority.title) == ("First.", "Work")
    assert list(city_priority.priorities.all()) == [skills]
    assert not city.key_facts.exists()


def test_a_revert_is_a_change_of_its_own_that_can_be_undone():
    city = make_city(summary="First.")
    first = version_token(City, city.pk)
    city.summary = "Second."
    city.save()
    second = version_token(City, city.pk)
    revert(City, city.pk, first, [])
    assert "Restored as it was on" in timeline(City, city.pk)[0].reason
    revert(City, city.pk, second, [])
    assert City.objects.get().summary == "Second."


def test_a_slug_that_it_had_in_between_still_leads_to_it(client):
    city = make_city(slug="leeds")
    token = version_token(City, city.pk)
    city = City.objects.get()
    city.slug = "leeds-city"
    city.save()
    revert(City, city.pk, token, [])
    assert client.get("/cities/leeds/").status_code == 200
    assert client.get("/cities/leeds-city/").url == "/cities/leeds/"


def test_a_version_whose_slug_another_record_has_now_is_refused_and_nothing_changes():
    city = make_city(slug="leeds", name="Leeds")
    token = version_token(City, city.pk)
    city.slug, city.name = "hull", "Hull"
    city.save()
    FormerSlug.objects.all().delete()
    make_city(slug="leeds", name="Another Leeds")
    with pytest.raises(ValidationError):
        revert(City, city.pk, token, [])
    city.refresh_from_db()
    assert city.slug == "hull"


def test_a_version_that_never_was_cannot_be_restored():
    with pytest.raises(LookupError):
        revert(City, make_city().pk, "0" * 32, [])


def test_a_deleted_record_comes_back_with_all_that_belonged_to_it(client):
    city, item = make_city(slug="leeds", name="Leeds"), make_news_item(slug="fair")
    make_city_priority(city, make_priority(slug="skills"), title="Work")
    city.key_facts.create(label="People", value="812,000", source=city.source)
    city.news.add(item)
    stored = City.objects.get()
    stored.slug = "leeds-city"
    stored.save()
    with one_request() as deletion:
        stored.delete()
    assert client.get("/cities/leeds-city/").status_code == 404
    restore_deleted(deletion.change_set)
    text = client.get("/cities/leeds-city/").text
    assert "812,000" in text
    assert "Work" in text
    assert client.get("/cities/leeds/").url == "/cities/leeds-city/"
    assert list(item.cities.all()) == [City.objects.get()]
    assert "Leeds" in client.get("/cities/?priority=skills").text


def test_restoring_what_is_there_again_changes_nothing():
    city = make_city()
    city.delete()
    token = City.history.first().change_set
    restore_deleted(token)
    versions = City.history.count()
    restore_deleted(token)
    assert City.history.count() == versions


def test_only_what_the_change_set_deleted_is_restored():
    changed, deleted = make_city(name="Leeds"), make_city(name="Hull")
    with one_request() as request:
        changed.save()
        deleted.delete()
    changed.delete()
    restore_deleted(request.change_set)
    assert [city.name for city in City.objects.all()] == ["Hull"]


def test_a_related_record_that_moved_to_another_record_stays_there():
    bristol, leeds = make_city(summary="First."), make_city()
    fact = bristol.key_facts.create(label="People", value="1", source=bristol.source)
    fact.city = leeds
    fact.save()
    moved = version_token(City, bristol.pk, RELATED)
    assert moved == version_token(City, leeds.pk, RELATED)
    for city in (bristol, leeds):
        (change,) = timeline(City, city.pk, RELATED)[0].changes
        assert [(one.field, one.old, one.new) for one in change.differences] == [
            ("city", str(bristol), str(leeds))
        ]
    bristol.summary = "Second."
    bristol.save()
    later = version_token(City, bristol.pk, RELATED)
    fact.value = "2"
    fact.save()
    assert version_token(City, bristol.pk, RELATED) == later
    bristol.summary = "Third."
    bristol.save()
    revert(City, bristol.pk, later, RELATED)
    fact.refresh_from_db()
    assert (fact.city, fact.value, City.objects.get(pk=bristol.pk).summary) == (leeds, "2", "Second.")


def test_what_it_rests_on_is_named_if_that_was_deleted_too():
    city, partner = make_city(name="Leeds"), make_partner(name="The library")
    Partnership.objects.create(city=city, partner=partner, role="Helps", source=city.source)
    with one_request() as request:
        city.delete()
    partner.delete()
    with pytest.raises(ValidationError, match="the partner “The library”, which was deleted too"):
        restore_deleted(request.change_set)
    assert not City.objects.exists()


def test_its_corrections_lead_to_it_again():
    city = make_city(name="Leeds")
    correction = make_correction(city)
    with one_request() as request:
        city.delete()
    restore_deleted(request.change_set)
    correction.refresh_from_db()
    assert correction.city == City.objects.get()


def test_only_its_own_corrections_lead_to_it_again():
    leeds, hull = make_city(name="Leeds"), make_city(name="Hull")
    york = make_city(name="York")
    of_leeds, of_hull, of_york = (make_correction(city) for city in (leeds, hull, york))
    of_york.city_name = "Leeds"  # York's, whatever it was called
    of_york.save()
    with one_request() as request:
        leeds.delete()
    hull.delete()
    restore_deleted(request.change_set)
    for correction in (of_leeds, of_hull, of_york):
        correction.refresh_from_db()
    assert of_leeds.city == City.objects.get(name="Leeds")
    assert of_hull.city is None
    assert of_york.city == york


def test_a_version_is_what_the_last_change_of_its_request_left():
    city = make_city(summary="First.")
    with one_request() as request:
        for summary in ("Second.", "Third."):
            city.summary = summary
            city.save()
        city.key_facts.create(label="People", value="1", source=city.source)
    city.summary = "Fourth."
    city.save()
    revert(City, city.pk, request.change_set, RELATED)
    city.refresh_from_db()
    assert (city.summary, city.key_facts.get().value) == ("Third.", "1")


def test_a_related_record_that_was_deleted_before_the_version_stays_deleted():
    city = make_city(summary="First.")
    city.key_facts.create(label="People", value="1", source=city.source).delete()
    city.summary = "Second."
    city.save()
    token = version_token(City, city.pk, RELATED)
    revert(City, city.pk, token, RELATED)
    assert not city.key_facts.exists()


def test_a_deleted_record_cannot_be_reverted_to_a_version_in_which_it_was_deleted():
    city = make_city()
    key = city.pk
    city.delete()
    with pytest.raises(LookupError):
        revert(City, key, City.history.first().change_set, [])
    assert not City.objects.exists()


def test_related_records_that_the_version_has_keep_their_identity_and_their_history():
    city = make_city(summary="First.")
    fact = city.key_facts.create(label="People", value="1", source=city.source)
    token = version_token(City, city.pk, RELATED)
    city.summary = "Second."
    city.save()
    revert(City, city.pk, token, RELATED)
    assert city.key_facts.get() == fact
    assert not KeyFact.history.filter(history_type="-").exists()


def test_what_a_revert_deletes_says_why():
    city = make_city()
    token = version_token(City, city.pk)
    city.key_facts.create(label="People", value="1", source=city.source)
    revert(City, city.pk, token, RELATED)
    deletion = KeyFact.history.get(history_type="-")
    assert deletion.history_change_reason.startswith("Restored as it was on")


def test_only_what_was_related_to_it_is_related_again():
    city = make_city()
    item, other = make_news_item(), make_news_item()
    city.news.add(item)
    with one_request() as request:
        city.delete()
    restore_deleted(request.change_set)
    assert list(City.objects.get().news.all()) == [item]
    assert not other.cities.exists()


def test_what_led_to_a_deleted_network_leads_to_it_again():
    network = make_network()
    item, other = make_news_item(network=network), make_news_item()
    with one_request() as request:
        network.delete()
    item.refresh_from_db()
    assert item.network is None
    restore_deleted(request.change_set)
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.network, other.network) == (Network.objects.get(), None)


def test_a_revert_leaves_other_records_alone():
    other, city = make_city(summary="Other."), make_city(summary="First.")
    token = version_token(City, city.pk)
    for record in (other, city):
        record.summary = "Second."
        record.save()
    revert(City, city.pk, token, RELATED)
    assert [record.summary for record in City.objects.order_by("pk")] == ["Second.", "First."]
    assert not FormerSlug.objects.exists()


def test_a_record_cannot_be_reverted_to_a_moment_before_it_existed():
    token = version_token(City, make_city().pk)
    with pytest.raises(LookupError, match=token):
        revert(City, make_city().pk, token, RELATED)


def test_a_version_that_led_to_a_deleted_network_leads_nowhere():
    network, _ = make_network(), make_network()
    item = make_news_item(network=network, title="Before")
    token = version_token(type(item), item.pk)
    item.title = "After"
    item.save()
    network.delete()
    revert(type(item), item.pk, token, [])
    item.refresh_from_db()
    assert (item.title, item.network) == ("Before", None)
