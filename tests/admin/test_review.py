import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.text import capfirst

from directory.models import City, Source
from tests.admin.forms import page
from tests.factories import (
    make_city,
    make_city_priority,
    make_correction,
    make_guide,
    make_membership,
    make_network,
    make_partner,
    make_priority,
)

pytestmark = pytest.mark.django_db


def work_lists(client):
    """The work lists: each heading with the records below it."""
    sections = re.findall(r'<section class="module work-list".*?</section>', client.get("/admin/").text, re.S)
    return {
        re.search(r"<h3[^>]*>(.*?) <span", section)[1]: re.findall(r"<li>.*?>([^<>]+)</(?:label|a)>", section)
        for section in sections
    }


def reviewed(**fields):
    city = make_city(last_reviewed=timezone.localdate(), **fields)
    Source.objects.update(last_checked=timezone.localdate())
    return city


def test_an_empty_first_page_says_so(admin_client):
    assert (
        "Nothing needs your attention: everything is reviewed and complete."
        in admin_client.get("/admin/").text
    )


def test_what_is_due_for_review_is_listed(admin_client):
    make_city(name="Leeds", last_reviewed="2020-01-01")
    found = work_lists(admin_client)
    assert found["Cities due for review"] == ["Leeds"]
    assert len(found["Sources due for review"]) == 1


def test_what_is_incomplete_is_listed_with_what_it_lacks(admin_client):
    make_city_priority(reviewed(name="Leeds"), title="Aimless")
    lacking = {"latitude": None, "longitude": None, "position_source": None, "standfirst": "", "summary": ""}
    reviewed(name="Hull", status="draft", **lacking)
    make_partner(name="Nobody’s partner")
    found = work_lists(admin_client)
    assert found["Cities without a standfirst"] == ["Hull"]
    assert found["Cities without a summary"] == ["Hull"]
    assert found["Cities without a position"] == ["Hull"]
    assert found["Cities without priorities"] == ["Hull"]
    assert found["City priorities without a shared priority (visitors cannot filter by them)"] == ["Aimless"]
    assert found["Partners without a partnership"] == ["Nobody’s partner"]


def test_corrections_wait_on_the_first_page_and_beside_their_city(admin_client):
    city = reviewed(name="Leeds")
    make_correction(city, wrong="The name.")
    assert work_lists(admin_client)["Corrections from the public"] == [str(city.corrections.get())]
    form = admin_client.get(page(City, "change", city.pk)).text
    listed = f"/admin/directory/correction/?city={city.pk}&amp;status__exact=open"
    assert f'<a href="{listed}">read the open corrections</a>' in form
    assert "The name." in admin_client.get(listed.replace("&amp;", "&")).text


def test_whoever_reviews_a_city_sees_what_to_look_for(admin_client):
    city = make_city(name="Leeds", initiative="Learn Leeds", website="https://leeds.example")
    gaps = [
        "who runs the initiative, and who its partners are",
        "whether the city belongs to a network of learning cities",
        "a contact address",
    ]
    assert f"Look for: {'; '.join(gaps)}" in admin_client.get("/admin/").text
    url = page(City, "change", city.pk)
    (_, section) = admin_client.get(url).text.split("Look for these when you review the page:")
    assert re.findall("<li>(.*)</li>", section.split("</section>")[0]) == [capfirst(gap) for gap in gaps]
    make_partner().partnerships.create(city=city, role="Runs it", source=city.source)
    make_membership(city, make_network(), date=date(2024, 2, 14), precision="day")
    City.objects.update(contact="learning@leeds.example")
    assert "Look for" not in admin_client.get(url).text
    assert "Look for" not in admin_client.get("/admin/").text


def test_a_preview_lists_what_the_sources_do_not_say_without_a_link_to_tell_us(admin_client):
    city = make_city(slug="leeds", status="draft")
    text = admin_client.get(page(City, "preview", city.pk)).text
    assert "<li>A contact address</li>" in text
    assert "tell us" not in text


def test_drafts_wait(admin_client):
    reviewed(name="Leeds", status="draft")
    make_guide(title="Joining", status="draft")
    found = work_lists(admin_client)
    assert found["Cities waiting as drafts"] == ["Leeds"]
    assert found["Guides waiting as drafts"] == ["Joining"]


def test_mark_reviewed_sets_today_and_the_public_page_says_so(admin_client, client):
    city = make_city(name="Leeds", slug="leeds", last_reviewed="2020-01-01")
    url = page(City, "mark_reviewed")
    first_page = admin_client.get("/admin/").text
    assert f'action="{url}"' in first_page
    assert f'name="reviewed" value="{city.pk}"' in first_page
    done = admin_client.post(url, {"reviewed": [city.pk, "nonsense"]}, follow=True)
    assert "Marked as reviewed today: 1." in done.text
    assert "Cities due for review" not in work_lists(admin_client)
    assert f'<time datetime="{timezone.localdate():%Y-%m-%d}">' in client.get("/cities/leeds/").text
    assert City.history.first().history_user.username == "admin"


def test_many_can_be_marked_as_reviewed_in_the_list(admin_client):
    cities = [make_city(last_reviewed="2020-01-01") for _ in range(3)]
    listed = admin_client.get(page(City, "changelist"), {"review": "due"})
    assert listed.text.count('class="action-select"') == 3
    chosen = {"action": "mark_reviewed", "_selected_action": [city.pk for city in cities]}
    admin_client.post(page(City, "changelist"), chosen)
    assert set(City.objects.values_list("last_reviewed", flat=True)) == {timezone.localdate()}


def test_sources_are_checked_the_same_way(admin_client):
    source = make_city().source
    admin_client.post(page(Source, "mark_reviewed"), {"reviewed": [source.pk]})
    source.refresh_from_db()
    assert source.last_checked == timezone.localdate()


def test_who_may_not_change_a_record_cannot_mark_it_as_reviewed(client, django_user_model):
    city = make_city(last_reviewed="2020-01-01")
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_city"))
    client.force_login(reader)
    client.post(page(City, "mark_reviewed"), {"reviewed": [city.pk]})
    city.refresh_from_db()
    assert str(city.last_reviewed) == "2020-01-01"


def test_latest_changes_are_listed_with_links_to_their_history(admin_client):
    city = make_city(name="Leeds")
    make_city_priority(city, make_priority(), title="Work")
    text = admin_client.get("/admin/").text
    assert f'<a href="{page(City, "history", city.pk)}">Leeds</a>, city, added' in text
    assert ">Work</a>, city’s priority, added" in text or ">Work</a>, city’s priority, changed" in text


def test_a_first_page_of_many_records_needs_as_many_queries_as_one_of_few(
    admin_client, django_assert_max_num_queries
):
    for _ in range(20):
        make_city_priority(make_city())
        make_partner()
    with django_assert_max_num_queries(60):
        assert "All 20" in admin_client.get("/admin/").text
