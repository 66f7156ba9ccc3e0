import time
from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import City
from directory.page_cache.version import ContentVersion
from tests.factories import make_city, make_news_item

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_version_is_one_query_while_nothing_moves(django_assert_num_queries):
    make_city(live_from=timezone.now() - timedelta(days=1))
    make_news_item(live_from=timezone.now() + timedelta(days=1))
    version = ContentVersion()
    first = version.current()
    with django_assert_num_queries(1):
        assert version.current() == first


def test_a_kept_page_shows_what_was_due_although_nobody_changed_anything(visit):
    make_city(name="Atlantis", live_from=timezone.now() + timedelta(seconds=1))
    before = visit("/cities/")
    assert b"Atlantis" not in before.body
    assert visit("/cities/").headers["ETag"] == before.headers["ETag"]
    time.sleep(1.1)
    after = visit("/cities/")
    assert b"Atlantis" in after.body
    assert after.headers["ETag"] != before.headers["ETag"]
    assert visit("/cities/").headers["ETag"] == after.headers["ETag"]


def test_two_processes_name_the_same_content_alike():
    make_city(live_from=timezone.now() - timedelta(days=1))
    make_city(live_from=timezone.now() - timedelta(days=2))
    assert ContentVersion().current() == ContentVersion().current()


def test_putting_the_moment_off_takes_the_page_away_at_once(visit):
    make_city(slug="leeds", live_from=timezone.now() - timedelta(days=1))
    assert visit("/cities/leeds/").status == 200
    City.objects.update(live_from=timezone.now() + timedelta(days=1))
    assert visit("/cities/leeds/").status == 404
