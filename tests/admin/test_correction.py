from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from directory.models import Correction
from tests.factories import make_city, make_correction

pytestmark = pytest.mark.django_db

LIST = reverse("admin:directory_correction_changelist")


def form(correction):
    return reverse("admin:directory_correction_change", args=[correction.pk])


def decide(admin_client, correction, **fields):
    opened = admin_client.get(form(correction)).context["adminform"].form["version_token"].value()
    return admin_client.post(
        form(correction), {"status": "open", "answer": "", "version_token": opened} | fields
    )


def act(admin_client, action, *corrections):
    chosen = [correction.pk for correction in corrections]
    return admin_client.post(LIST, {"action": action, "_selected_action": chosen}, follow=True)


def test_those_that_wait_come_first_the_oldest_on_top(admin_client, admin_user):
    now = timezone.now()
    for name, days, status in (("Bath", 1, ""), ("Leeds", 9, ""), ("York", 20, "declined")):
        correction = make_correction(make_city(name=name), sent_at=now - timedelta(days=days))
        if status:
            correction.decide(status, by=admin_user)
            correction.save()
    text = admin_client.get(LIST).text
    assert text.index("Leeds") < text.index("Bath") < text.index("York")
    assert "1\xa0week, 2\xa0days ago" in text


def test_the_form_shows_what_was_written_without_a_field_to_change_it(admin_client):
    correction = make_correction(wrong="It says\n<b>2014</b>.", email="reader@example.org")
    text = admin_client.get(form(correction)).text
    assert "It says<br>&lt;b&gt;2014&lt;/b&gt;." in text
    for name in ("wrong", "right", "evidence", "email", "city"):
        assert f'name="{name}"' not in text


def test_what_staff_do_not_set_cannot_be_sent_to_the_form(admin_client):
    correction = make_correction()
    decide(admin_client, correction, wrong="Other.", decided_by=1, city=make_city().pk)
    unchanged = Correction.objects.get()
    assert (unchanged.wrong, unchanged.city, unchanged.decided_by) == (
        correction.wrong,
        correction.city,
        None,
    )


def test_the_record_its_page_the_receipt_and_the_sender_are_one_click_away(admin_client):
    correction = make_correction(make_city(slug="leeds"), email="reader@example.org")
    text = admin_client.get(form(correction)).text
    for link in (
        reverse("admin:directory_city_change", args=[correction.city.pk]),
        "/cities/leeds/",
        correction.get_absolute_url(),
        "mailto:reader@example.org",
    ):
        assert f'href="{link}"' in text


def test_an_email_address_cannot_smuggle_anything_into_the_mail(admin_client):
    correction = make_correction(email="a?cc=b&body=c@example.org")
    assert 'href="mailto:a%3Fcc%3Db%26body%3Dc@example.org"' in admin_client.get(form(correction)).text


@pytest.mark.parametrize("status", ["draft", "deleted"])
def test_the_form_opens_when_the_city_is_a_draft_or_gone(admin_client, status):
    correction = make_correction(make_city(slug="leeds"))
    if status == "deleted":
        correction.city.delete()
    else:
        correction.city.status = status
        correction.city.save()
    response = admin_client.get(form(correction))
    assert response.status_code == 200
    assert 'href="/cities/leeds/"' not in response.text


@pytest.mark.parametrize("status", ["accepted", "declined"])
def test_deciding_notes_who_did_and_when(admin_client, admin_user, status):
    correction = make_correction()
    assert decide(admin_client, correction, status=status).status_code == 302
    correction.refresh_from_db()
    assert (correction.status, correction.decided_by) == (status, admin_user)
    assert timezone.now() - correction.decided_at < timedelta(minutes=1)


def test_changing_the_answer_later_leaves_the_day_of_the_decision(admin_client):
    correction = make_correction()
    correction.decide("declined", by=None)
    correction.save()
    decide(admin_client, correction, status="declined", answer="Now with a reason.")
    later = Correction.objects.get()
    assert (later.answer, later.decided_at) == ("Now with a reason.", correction.decided_at)


def test_opening_it_again_takes_the_decision_back(admin_client, admin_user):
    correction = make_correction()
    correction.decide("declined", by=admin_user)
    correction.save()
    decide(admin_client, correction, status="open")
    correction.refresh_from_db()
    assert (correction.status, correction.decided_at, correction.decided_by) == ("open", None, None)


def test_answered_without_an_answer_is_refused_with_a_sentence(admin_client):
    correction = make_correction()
    response = decide(admin_client, correction, status="answered", answer="  ")
    assert "Enter an answer, or select another state" in response.text
    assert decide(admin_client, correction, status="answered", answer="Both are.").status_code == 302


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("decline", "declined")])
def test_several_are_decided_at_once_and_those_decided_before_stay(admin_client, admin_user, action, status):
    waiting, decided = [make_correction(), make_correction()], make_correction(answer="A reason.")
    decided.decide("answered", by=None)
    decided.save()
    response = act(admin_client, action, *waiting, decided)
    assert f"{status.capitalize()}: 2. Already decided, and left as they were: 1." in response.text
    for correction in Correction.objects.filter(pk__in=[one.pk for one in waiting]):
        assert (correction.status, correction.decided_by) == (status, admin_user)
        assert correction.decided_at
    assert Correction.objects.get(pk=decided.pk).status == "answered"
    assert "Changed State" in admin_client.get(f"{form(waiting[0]).removesuffix('change/')}history/").text


def test_one_that_was_emptied_says_so_in_the_list(admin_client):
    make_correction()
    Correction.objects.all().delete_personal_data()
    assert "(deleted)" in admin_client.get(LIST).text


def test_nobody_adds_one_in_the_admin(admin_client):
    assert admin_client.get(reverse("admin:directory_correction_add")).status_code == 403


def test_who_may_only_look_is_offered_no_decision(client, django_user_model):
    staff = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_correction"))
    client.force_login(staff)
    correction = make_correction()
    assert 'value="accept"' not in client.get(LIST).text
    assert client.post(form(correction), {"status": "accepted", "answer": ""}).status_code == 403
    act(client, "accept", correction)
    assert Correction.objects.get().status == "open"


def test_of_two_who_decide_at_once_neither_overwrites_the_other(admin_client, admin_user):
    correction = make_correction()
    opened = admin_client.get(form(correction)).context["adminform"].form["version_token"].value()
    assert decide(admin_client, correction, status="accepted", answer="Corrected.").status_code == 302
    refused = decide(admin_client, correction, status="declined", version_token=opened)
    assert refused.status_code == 200
    assert "admin set it to “Accepted” with the answer “Corrected.”" in refused.text
    correction.refresh_from_db()
    assert correction.status == "accepted"
    again = {"status": "declined", "version_token": opened}
    assert decide(admin_client, correction, **again).status_code == 200
    newer = refused.context["newer_version"]
    assert f'name="overwrite" value="{newer}"' in refused.text
    assert decide(admin_client, correction, **again, overwrite=newer).status_code == 302
    correction.refresh_from_db()
    assert correction.status == "declined"
    assert LogEntry.objects.latest("pk").get_change_message() == "Changed State and Answer."
