"""What writes history, and what does not."""

import json

import pytest
from django.core.management import call_command

from directory.models import HISTORY, City, CityPriority, NewsItem
from tests.factories import make_city, make_news_item

pytestmark = pytest.mark.django_db


def rows_of_history():
    return sum(model.history.count() for model in HISTORY)


@pytest.mark.usefixtures("content")
def test_loaddata_writes_no_history(tmp_path):
    fixture = tmp_path / "content.json"
    models = "directory.citypriority", "directory.newsitem"
    call_command("dumpdata", *models, natural_foreign=True, output=fixture)
    assert any(record["fields"].get("cities") for record in json.loads(fixture.read_text()))
    for field in (CityPriority.priorities, NewsItem.cities):
        field.through.objects.all().delete()
    before = rows_of_history()
    call_command("loaddata", fixture, verbosity=0)
    assert rows_of_history() == before


def test_a_record_that_was_loaded_raw_and_is_then_saved_is_recorded():
    city, item = make_city(name="Leeds"), make_news_item()
    item.save_base(raw=True)
    item.cities.set([city])
    assert NewsItem.history.count() == 1
    item.save()
    item.cities.set([])
    assert NewsItem.history.count() == 3


def test_clearing_a_relation_from_its_far_side_is_recorded():
    city = make_city()
    item, other = make_news_item(), make_news_item()
    item.cities.add(city)
    city.news.clear()
    assert [row.cities.count() for row in item.history.all()] == [0, 1, 0]
    assert other.history.count() == 1


def test_setting_a_relation_from_its_far_side_after_clearing_it_is_recorded():
    city = make_city()
    item = make_news_item()
    item.cities.add(city)
    city.news.set([item], clear=True)
    assert [row.cities.count() for row in item.history.all()] == [1, 0, 1, 0]
    assert City.history.count() == 1
