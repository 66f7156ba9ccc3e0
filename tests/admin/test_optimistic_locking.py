"""Two editors of one record: nobody overwrites a change that they have not seen."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import City, ContentVersion, KeyFact, Network, Partnership
from tests.admin.forms import filled, page
from tests.factories import make_city, make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client, django_user_model):
    """Another member of staff, who may change cities."""
    editor = django_user_model.objects.create_user("ann", is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(codename__in=["view_city", "change_city"]))
    client.force_login(editor)
    return client


@pytest.fixture
def city():
    return make_city(summary="As it was.", latitude="53.79648", longitude="-1.54785")


@pytest.fixture
def url(city):
    return page(City, "change", city.pk)


def test_the_second_save_is_refused_and_shows_both_texts_beside_what_was_typed(admin_client, ann, city, url):
    first, second = (filled(admin_client.get(url)) for _ in range(2))
    ann.post(url, first | {"summary": "As Ann wrote it."})
    refused = admin_client.post(url, second | {"summary": "As I wrote it."})
    assert refused.status_code == 200
    assert "ann changed this while you had it open" in refused.text
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


def test_overwriting_it_is_a_second_deliberate_act(admin_client, ann, city, url):
    first, second = (filled(admin_client.get(url)) for _ in range(2))
    ann.post(url, first | {"summary": "As Ann wrote it."})
    mine = second | {"summary": "As I wrote it."}
    newest = admin_client.post(url, mine).context["newer_version"]
    assert admin_client.post(url, mine | {"overwrite": newest}).status_code == 302
    city.refresh_from_db()
    assert city.summary == "As I wrote it."


def test_a_third_change_in_between_is_not_overwritten(admin_client, ann, city, url):
    mine = filled(admin_client.get(url)) | {"summary": "As I wrote it."}
    city.summary = "One."
    city.save()
    newest = admin_client.post(url, mine).context["newer_version"]
    city.summary = "Two."
    city.save()
    assert admin_client.post(url, mine | {"overwrite": newest}).status_code == 200
    city.refresh_from_db()
    assert city.summary == "Two."


def test_a_change_of_a_related_record_counts_too(admin_client, city, url):
    fact = city.key_facts.create(label="People", value="1", source=city.source)
    mine = filled(admin_client.get(url)) | {"key_facts-0-value": "3"}
    fact.value = "2"
    fact.save()
    refused = admin_client.post(url, mine)
    (conflict,) = refused.context["conflicts"]
    assert (conflict.what, conflict.old, conflict.new, conflict.typed) == (
        "key fact “People: 2”: value",
        "1",
        "2",
        "3",
    )


def test_a_related_record_that_somebody_added_or_deleted_is_a_conflict_too(admin_client, city, url):
    mine = filled(admin_client.get(url))
    fact = city.key_facts.create(label="People", value="1", source=city.source)
    (conflict,) = admin_client.post(url, mine).context["conflicts"]
    assert (conflict.what, conflict.new) == ("key fact “People: 1”", "added")
    mine = filled(admin_client.get(url))
    fact.delete()
    (conflict,) = admin_client.post(url, mine).context["conflicts"]
    assert (conflict.what, conflict.new) == ("key fact “People: 1”", "deleted")


def test_everybody_who_changed_it_meanwhile_is_named_once_in_order(
    admin_client, client, django_user_model, url
):
    mine = filled(admin_client.get(url))
    for name in ("dan", "ann", "eve", "bob", "cat", "bob"):
        editor, _ = django_user_model.objects.get_or_create(username=name, is_staff=True, is_superuser=True)
        client.force_login(editor)
        client.post(url, filled(client.get(url)) | {"summary": f"As {name} wrote it."})
    assert (
        "ann, bob, cat, dan and eve changed this while you had it open" in admin_client.post(url, mine).text
    )


def test_a_network_can_be_added_though_partnerships_that_belong_to_no_network_changed(admin_client, city):
    Partnership.objects.create(partner=make_partner(), city=city, role="Helps", source=city.source)
    add = page(Network, "add")
    typed = {"name": "Guild", "short_name": "G", "slug": "guild", "summary": "It.", "source": city.source.pk}
    assert admin_client.post(add, filled(admin_client.get(add)) | typed).status_code == 302
    assert Network.objects.get().name == "Guild"


def test_a_form_without_fieldsets_sends_the_version_once(admin_client, city):
    fact = city.key_facts.create(label="People", value="1", source=city.source)
    opened = admin_client.get(page(KeyFact, "change", fact.pk)).text
    assert opened.count('name="version_token"') == 1
    assert 'name="label"' in opened


def test_a_record_that_is_changed_has_a_link_to_its_history_and_one_that_is_added_has_not(
    admin_client, city, url
):
    history = page(City, "history", city.pk)
    assert history in admin_client.get(url).text
    assert "historylink" not in admin_client.get(page(City, "add")).text


def test_saving_what_nobody_else_touched_needs_nothing_more(admin_client, url):
    assert admin_client.post(url, filled(admin_client.get(url))).status_code == 302


def test_all_changes_since_the_form_was_opened_are_shown(admin_client, city, url):
    city.summary = "Before."
    city.save()
    mine = filled(admin_client.get(url)) | {"summary": "As I wrote it."}
    for summary in ("One.", "Two."):
        city.summary = summary
        city.save()
    conflicts = admin_client.post(url, mine).context["conflicts"]
    assert [(one.old, one.new) for one in conflicts] == [("One.", "Two."), ("Before.", "One.")]


def test_only_the_last_change_is_shown_if_the_opened_version_is_unknown(admin_client, city, url):
    mine = filled(admin_client.get(url)) | {"summary": "As I wrote it.", "version_token": "unknown"}
    for summary in ("One.", "Two."):
        city.summary = summary
        city.save()
    (conflict,) = admin_client.post(url, mine).context["conflicts"]
    assert (conflict.old, conflict.new) == ("One.", "Two.")


def test_the_content_is_locked_before_versions_are_compared(admin_client, url):
    mine = filled(admin_client.get(url))
    with CaptureQueriesContext(connection) as queries:
        admin_client.post(url, mine)
    statements = [query["sql"] for query in queries]
    (lock,) = (i for i, sql in enumerate(statements) if f'FROM "{ContentVersion._meta.db_table}"' in sql)
    compared = [i for i, sql in enumerate(statements) if f'FROM "{City.history.model._meta.db_table}"' in sql]
    assert lock < min(compared)
    assert connection.vendor == "sqlite" or "FOR UPDATE" in statements[lock]
