from datetime import timedelta

import pytest
from django.utils import timezone

from directory import current_tokens
from directory.models import City, ContentVersion, Guide, NewsItem, news
from tests.factories import make_city, make_guide, make_news_item

pytestmark = pytest.mark.django_db


def test_the_version_is_one_query_while_nothing_changes(django_assert_num_queries):
    make_city(live_from=timezone.now() - timedelta(days=1))
    make_news_item(live_from=timezone.now() + timedelta(days=1))
    first = current_tokens.current_tokens()
    with django_assert_num_queries(1):
        assert current_tokens.current_tokens() == first


def test_an_edit_of_a_text_asks_no_more_than_that(django_assert_num_queries):
    make_city()
    first = current_tokens.current_tokens()
    City.objects.update(summary="Another.")
    with django_assert_num_queries(1):
        second = current_tokens.current_tokens()
    assert second.content != first.content
    assert second.structure == first.structure


@pytest.mark.parametrize("make", [make_city, make_guide, make_news_item])
def test_a_record_whose_moment_has_come_changes_the_version_although_nobody_edits(make, monkeypatch):
    record = make(live_from=timezone.now() + timedelta(days=1))
    before = current_tokens.current_tokens()
    assert current_tokens.current_tokens() == before
    # The moment comes: for the database by its clock, for the process by the schedule that it remembers.
    type(record).objects.update(live_from=timezone.now() - timedelta(seconds=1))
    after = current_tokens.current_tokens()
    assert after.content != before.content
    assert after.structure != before.structure


def test_a_process_asks_again_once_the_next_moment_has_passed(django_assert_num_queries, monkeypatch):
    make_city(live_from=timezone.now() + timedelta(days=1))
    current_tokens.current_tokens()
    passed = current_tokens._schedule._replace(following=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(current_tokens, "_schedule", passed)
    with django_assert_num_queries(2):
        current_tokens.current_tokens()


def test_news_that_is_no_longer_fresh_changes_the_version_although_nobody_edits(monkeypatch):
    make_news_item(happened_on=timezone.localdate() - timedelta(days=360))
    before = current_tokens.current_tokens()
    midnight = current_tokens._schedule.following
    assert midnight - timezone.now() <= timedelta(days=1)
    monkeypatch.setattr(news, "localdate", lambda: timezone.localdate() + timedelta(days=10))
    passed = current_tokens._schedule._replace(following=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(current_tokens, "_schedule", passed)
    after = current_tokens.current_tokens()
    assert after.content != before.content


def test_two_processes_name_the_same_content_alike(monkeypatch):
    make_city(live_from=timezone.now() - timedelta(days=1))
    make_city(live_from=timezone.now() - timedelta(days=2))
    first = current_tokens.current_tokens()
    monkeypatch.setattr(current_tokens, "_schedule", current_tokens._Schedule())
    assert current_tokens.current_tokens() == first


def test_every_kind_that_can_be_scheduled_is_asked():
    assert {*current_tokens.SCHEDULED} == {City, Guide, NewsItem}


def test_the_latest_moment_that_has_passed_is_in_the_version_and_the_next_one_is_remembered():
    now = timezone.now().replace(microsecond=0)
    make_city(live_from=now - timedelta(days=9))
    make_city(live_from=now - timedelta(days=1))
    make_city(live_from=now + timedelta(days=9))
    make_guide(live_from=now + timedelta(days=1))
    make_news_item(live_from=now - timedelta(days=5))
    assert current_tokens.current_tokens().content.endswith((now - timedelta(days=1)).isoformat())
    assert current_tokens._schedule.following == now + timedelta(days=1)


def test_a_database_that_was_never_prepared_has_an_empty_version():
    ContentVersion.objects.all().delete()
    assert current_tokens.current_tokens() == ("", "")
