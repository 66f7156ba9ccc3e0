from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError
from django.utils import timezone

from directory.admin.city import CityAdmin
from directory.models import City, Guide, NewsItem
from tests.admin.forms import filled, page
from tests.factories import (
    make_city,
    make_guide,
    make_news_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_client(client, django_user_model):
    """Somebody who may change cities, and not publish them."""
    editor = django_user_model.objects.create_user("ann", is_staff=True)
    editor.user_permissions.set(
        Permission.objects.filter(codename__in=["view_city", "change_city", "add_city", "change_keyfact"])
    )
    client.force_login(editor)
    return client


def make_leeds(**fields):
    return make_city(name="Leeds", slug="leeds", latitude="53.79648", longitude="-1.54785", **fields)


class TestDraftPreviewPublishSchedule:
    def test_a_draft_is_previewed_as_it_will_look_by_staff_only(self, admin_client, client):
        for record, model, words in (
            (make_city(name="Atlantis", status="draft"), City, "Atlantis"),
            (make_guide(title="Diving", status="draft"), Guide, "Diving"),
            (make_news_item(title="Flood", status="draft"), NewsItem, "Flood"),
        ):
            preview = page(model, "preview", record.pk)
            form = admin_client.get(page(model, "change", record.pk))
            assert f'<a href="{preview}">Preview</a>' in form.text
            seen = admin_client.get(preview)
            assert f"{words}</h1>" in seen.text
            assert "no-store" in seen.headers["Cache-Control"]
            assert client.get(preview).status_code == 302
            assert client.get(record.get_absolute_url()).status_code == 404

    def test_a_preview_of_nothing_is_not_found(self, admin_client):
        assert admin_client.get(page(City, "preview", 4711)).status_code == 404

    def test_who_may_not_publish_sees_the_state_and_cannot_change_it(self, editor_client):
        city = make_leeds(status="draft")
        url = page(City, "change", city.pk)
        response = editor_client.get(url)
        assert '<select name="status"' not in response.text
        sent = filled(response) | {"status": "published", "summary": "New."}
        assert editor_client.post(url, sent).status_code == 302
        city.refresh_from_db()
        assert (city.status, city.summary) == ("draft", "New.")

    def test_a_city_without_a_standfirst_is_not_published_and_nothing_typed_is_lost(self, admin_client):
        city = make_leeds(status="draft", standfirst="")
        url = page(City, "change", city.pk)
        form = admin_client.get(url)
        assert form.text.index('name="standfirst"') < form.text.index('name="summary"')
        refused = admin_client.post(
            url, filled(form) | {"status": "published", "summary": "An hour of work."}
        )
        assert "A published city needs a standfirst" in refused.text
        assert "or save the city as a draft." in refused.text
        assert "An hour of work.</textarea>" in refused.text
        complete = filled(refused) | {"standfirst": "Learning for all."}
        assert admin_client.post(url, complete).status_code == 302
        city = City.objects.published().get()
        assert (city.standfirst, city.summary) == ("Learning for all.", "An hour of work.")

    @pytest.mark.parametrize(
        ("emptied", "reason"),
        [
            (("standfirst",), "A published city needs a standfirst"),
            (("latitude", "longitude", "position_source"), "A published city needs a position"),
        ],
    )
    def test_who_may_not_publish_cannot_empty_what_a_published_city_needs(
        self, editor_client, emptied, reason
    ):
        city = make_leeds()
        url = page(City, "change", city.pk)
        sent = filled(editor_client.get(url)) | dict.fromkeys(emptied, "") | {"summary": "An hour of work."}
        refused = editor_client.post(url, sent)
        assert reason in refused.text
        assert "An hour of work.</textarea>" in refused.text
        assert City.objects.published().get().summary == "A city that learns."

    def test_a_moment_is_british_time_in_summer_and_in_winter(self, admin_client):
        city = make_leeds()
        url = page(City, "change", city.pk)
        for day, hour_in_utc in (("2027-07-01", 8), ("2027-12-01", 9)):
            moment = {"live_from_0": day, "live_from_1": "09:00:00"}
            assert admin_client.post(url, filled(admin_client.get(url)) | moment).status_code == 302
            city.refresh_from_db()
            assert city.live_from.astimezone(ZoneInfo("UTC")).hour == hour_in_utc

    def test_a_moment_in_the_hour_that_the_clocks_repeat_stays_while_nobody_touches_it(self, admin_client):
        moment = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("UTC"))
        city = make_leeds(live_from=moment)
        url = page(City, "change", city.pk)
        sent = filled(admin_client.get(url)) | {"live_from_0": "2026-10-25", "live_from_1": "01:30:00"}
        assert admin_client.post(url, sent | {"summary": "New."}).status_code == 302
        city.refresh_from_db()
        assert (city.live_from, city.summary) == (moment, "New.")

    def test_a_moment_that_the_clocks_leave_out_is_refused(self, admin_client):
        city = make_leeds()
        url = page(City, "change", city.pk)
        moment = {"live_from_0": "2027-03-28", "live_from_1": "01:30:00"}
        refused = admin_client.post(url, filled(admin_client.get(url)) | moment)
        assert "couldn’t be interpreted" in refused.text

    def test_the_list_says_what_is_live_and_from_when(self, admin_client):
        make_city(name="Now")
        make_city(name="Never", status="draft")
        make_city(name="Soon", live_from=datetime(2099, 7, 1, 9, 0, tzinfo=ZoneInfo("Europe/London")))
        text = admin_client.get(page(City, "changelist")).text
        for state in ("Live", "Draft", "Live from 1 July 2099, 09:00"):
            assert f'<td class="field-state">{state}</td>' in text

    def test_view_on_site_is_not_offered_before_the_moment(self, admin_client):
        city = make_leeds(live_from=timezone.now() + timedelta(days=1))
        assert 'href="/cities/leeds/"' not in admin_client.get(page(City, "change", city.pk)).text


@pytest.mark.parametrize("fails", ["save_model", "save_related", "log_change"])
def test_a_form_whose_save_fails_half_way_comes_back_with_all_that_was_typed(
    admin_client, monkeypatch, fails
):
    city = make_leeds(summary="As it was.")
    fact = city.key_facts.create(label="Area", value="1", source=city.source)
    url = page(City, "change", city.pk)
    typed = {"summary": "An hour of work.", "key_facts-0-value": "Another hour."}
    mine = filled(admin_client.get(url)) | typed

    def fail(*arguments):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(CityAdmin, fails, fail)
    refused = admin_client.post(url, mine)
    assert refused.status_code == 200
    assert "Nothing was saved, because the database cannot be changed at the moment" in refused.text
    assert "An hour of work.</textarea>" in refused.text
    assert 'value="Another hour."' in refused.text
    assert mine.items() <= filled(refused).items()
    city.refresh_from_db()
    fact.refresh_from_db()
    assert (city.summary, fact.value) == ("As it was.", "1")


def test_a_form_that_adds_a_record_comes_back_with_all_that_was_typed(admin_client, monkeypatch):
    source = make_leeds().source
    url = page(City, "add")
    new = {"name": "Hull", "slug": "hull", "nation": "england", "summary": "An hour of work."}

    def fail(*arguments):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(CityAdmin, "save_model", fail)
    refused = admin_client.post(url, filled(admin_client.get(url)) | new | {"source": source.pk})
    assert "Nothing was saved, because the database cannot be changed at the moment" in refused.text
    assert "An hour of work.</textarea>" in refused.text
    assert 'value="Hull"' in refused.text
    assert not City.objects.filter(name="Hull").exists()
