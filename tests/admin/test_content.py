from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

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


class TestTwoEditorsAtOnce:
    @pytest.fixture
    def city(self):
        return make_leeds(summary="As it was.")

    @pytest.fixture
    def address(self, city):
        return page(City, "change", city.pk)

    def test_the_second_save_is_refused_and_shows_both_texts_beside_what_was_typed(
        self, admin_client, editor_client, city, address
    ):
        first, second = (filled(admin_client.get(address)) for _ in range(2))
        editor_client.post(address, first | {"summary": "As Ann wrote it."})
        refused = admin_client.post(address, second | {"summary": "As I wrote it."})
        assert refused.status_code == 200
        assert "ann changed this meanwhile" in refused.text
        (conflict,) = refused.context["conflicts"]
        assert (conflict.old, conflict.new, conflict.typed) == (
            "As it was.",
            "As Ann wrote it.",
            "As I wrote it.",
        )
        assert 'name="summary"' in refused.text
        assert "As I wrote it.</textarea>" in refused.text
        city.refresh_from_db()
        assert city.summary == "As Ann wrote it."

    def test_saving_over_it_is_a_second_deliberate_act(self, admin_client, editor_client, city, address):
        first, second = (filled(admin_client.get(address)) for _ in range(2))
        editor_client.post(address, first | {"summary": "As Ann wrote it."})
        mine = second | {"summary": "As I wrote it."}
        newest = admin_client.post(address, mine).context["newer_version"]
        assert admin_client.post(address, mine | {"overwrite": newest}).status_code == 302
        city.refresh_from_db()
        assert city.summary == "As I wrote it."

    def test_a_third_change_in_between_is_not_saved_over_unseen(
        self, admin_client, editor_client, city, address
    ):
        mine = filled(admin_client.get(address)) | {"summary": "As I wrote it."}
        city.summary = "One."
        city.save()
        newest = admin_client.post(address, mine).context["newer_version"]
        city.summary = "Two."
        city.save()
        assert admin_client.post(address, mine | {"overwrite": newest}).status_code == 200
        city.refresh_from_db()
        assert city.summary == "Two."

    def test_the_same_when_only_a_part_changed(self, admin_client, city, address):
        fact = city.key_facts.create(label="People", value="1", source=city.source)
        mine = filled(admin_client.get(address)) | {"key_facts-0-value": "3"}
        fact.value = "2"
        fact.save()
        refused = admin_client.post(address, mine)
        (conflict,) = refused.context["conflicts"]
        assert (conflict.what, conflict.old, conflict.new, conflict.typed) == (
            "key fact “People: 2”: value",
            "1",
            "2",
            "3",
        )

    def test_a_part_that_was_added_or_deleted_meanwhile_counts_too(self, admin_client, city, address):
        mine = filled(admin_client.get(address))
        fact = city.key_facts.create(label="People", value="1", source=city.source)
        (conflict,) = admin_client.post(address, mine).context["conflicts"]
        assert (conflict.what, conflict.new) == ("key fact “People: 1”", "added")
        mine = filled(admin_client.get(address))
        fact.delete()
        (conflict,) = admin_client.post(address, mine).context["conflicts"]
        assert (conflict.what, conflict.new) == ("key fact “People: 1”", "deleted")

    def test_saving_what_nobody_else_touched_needs_nothing_more(self, admin_client, address):
        assert admin_client.post(address, filled(admin_client.get(address))).status_code == 302


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
        address = page(City, "change", city.pk)
        response = editor_client.get(address)
        assert '<select name="status"' not in response.text
        sent = filled(response) | {"status": "published", "summary": "New."}
        assert editor_client.post(address, sent).status_code == 302
        city.refresh_from_db()
        assert (city.status, city.summary) == ("draft", "New.")

    def test_a_moment_is_british_time_in_summer_and_in_winter(self, admin_client):
        city = make_leeds()
        address = page(City, "change", city.pk)
        for day, hour_in_utc in (("2027-07-01", 8), ("2027-12-01", 9)):
            moment = {"live_from_0": day, "live_from_1": "09:00:00"}
            assert admin_client.post(address, filled(admin_client.get(address)) | moment).status_code == 302
            city.refresh_from_db()
            assert city.live_from.astimezone(ZoneInfo("UTC")).hour == hour_in_utc

    def test_a_moment_in_the_hour_that_the_clocks_repeat_stays_while_nobody_touches_it(self, admin_client):
        moment = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("UTC"))
        city = make_leeds(live_from=moment)
        address = page(City, "change", city.pk)
        sent = filled(admin_client.get(address)) | {"live_from_0": "2026-10-25", "live_from_1": "01:30:00"}
        assert admin_client.post(address, sent | {"summary": "New."}).status_code == 302
        city.refresh_from_db()
        assert (city.live_from, city.summary) == (moment, "New.")

    def test_a_moment_that_the_clocks_leave_out_is_refused(self, admin_client):
        city = make_leeds()
        address = page(City, "change", city.pk)
        moment = {"live_from_0": "2027-03-28", "live_from_1": "01:30:00"}
        refused = admin_client.post(address, filled(admin_client.get(address)) | moment)
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
