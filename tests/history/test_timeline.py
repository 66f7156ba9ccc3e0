import pytest
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from directory.history.latest_changes import latest_changes
from directory.history.timeline import timeline
from directory.history.version_token import version_token
from directory.models import City, CityPriority, KeyFact
from tests.factories import make_city, make_city_priority, make_news_item, make_priority

pytestmark = pytest.mark.django_db
RELATED = [(CityPriority, "city"), (KeyFact, "city")]


@pytest.fixture
def request_of(admin_user):
    """What is done within one request of a member of staff."""

    class Request:
        def __enter__(self):
            HistoricalRecords.context.request = RequestFactory().post("/")
            HistoricalRecords.context.request.user = admin_user

        def __exit__(self, *error):
            del HistoricalRecords.context.request

    return Request()


def told(change_set):
    return [(change.verb, change.kind, change.name) for change in change_set.changes]


def test_a_change_says_who_made_it_and_what_was_before_and_after(request_of):
    city = make_city(name="Leeds", summary="A town.")
    with request_of:
        city.summary = "A city."
        city.save()
    change_set = timeline(City, city.pk)[0]
    assert change_set.user == "admin"
    (change,) = change_set.changes
    (difference,) = change.differences
    assert (difference.label, difference.old, difference.new) == ("summary", "A town.", "A city.")
    assert list(difference.words()) == [
        ("same", "A "),
        ("deleted", "town."),
        ("inserted", "city."),
    ]


def test_of_two_changes_at_the_same_moment_the_later_is_first():
    city = make_city(name="One")
    for name in ("Two", "Three"):
        city.name, city._history_date = name, city.history.first().history_date
        city.save()
    assert [change_set.changes[0].name for change_set in timeline(City, city.pk)] == ["Three", "Two", "One"]
    assert [change.name for change in latest_changes(3)] == ["Three", "Two", "One"]


def test_all_that_one_request_changes_is_one_change_set_related_records_included(request_of):
    city = make_city(name="Leeds")
    with request_of:
        city.summary = "Other."
        city.save()
        make_city_priority(city, make_priority(name="Skills"), title="Work")
    first = timeline(City, city.pk, RELATED)[0]
    assert told(first) == [("changed", "city", "Leeds"), ("added", "city’s priority", "Work")]
    shown = {one.label: one.new for one in first.changes[1].differences}
    assert shown["priorities"] == "Skills"
    assert shown["basis"] == "taken from a description of the city"


def test_a_deleted_related_record_is_listed_under_its_name():
    city = make_city()
    make_city_priority(city, make_priority(), title="Work").delete()
    assert told(timeline(City, city.pk, RELATED)[0]) == [("deleted", "city’s priority", "Work")]


def test_saving_without_a_change_is_no_change():
    city = make_city()
    city.save()
    assert len(timeline(City, city.pk)) == 1


def test_a_relation_changed_from_its_far_side_is_in_the_history_too():
    city, item = make_city(name="Leeds"), make_news_item()
    city.news.add(item)
    (difference,) = timeline(type(item), item.pk)[0].changes[0].differences
    assert (difference.label, difference.old, difference.new) == ("cities", "", "Leeds")


def test_the_latest_change_is_known_even_if_only_a_related_record_changed():
    city = make_city()
    before = version_token(City, city.pk, RELATED)
    assert before == timeline(City, city.pk, RELATED)[0].token
    city.key_facts.create(label="People", value="1", source=city.source)
    assert version_token(City, city.pk, RELATED) != before
