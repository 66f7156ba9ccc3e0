from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.models import Correction
from tests.factories import make_correction

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def make_decided(days, **fields):
    return make_correction(
        email="reader@example.org",
        status="accepted",
        sent_at=days_ago(days + 400),
        decided_at=days_ago(days),
        **fields,
    )


def run(capsys):
    call_command("delete_personal_data")
    return capsys.readouterr().out


def test_texts_and_email_address_are_deleted_some_days_after_the_decision(capsys):
    old, young = make_decided(91), make_decided(89)
    assert "of 1 corrections: 1 decided more than 90 days ago, 0 open" in run(capsys)
    old.refresh_from_db()
    assert (old.wrong, old.right, old.evidence, old.email) == ("", "", "", "")
    young.refresh_from_db()
    assert young.email == "reader@example.org"


def test_those_that_nobody_decided_on_go_after_a_year(capsys):
    make_correction(sent_at=days_ago(366))
    make_correction(sent_at=days_ago(364))
    assert "0 decided more than 90 days ago, 1 open for more than 365 days." in run(capsys)
    assert Correction.objects.exclude(wrong="").count() == 1


def test_the_number_of_days_can_be_set(capsys, settings):
    settings.CORRECTION_DAYS = 10
    make_decided(11)
    assert "1 decided more than 10 days ago" in run(capsys)


def test_a_second_run_finds_nothing_left_to_delete(capsys):
    make_decided(91)
    run(capsys)
    assert "of 0 corrections" in run(capsys)


def test_the_receipt_goes_on_showing_state_and_answer(client, capsys):
    correction = make_decided(91, answer="It is put right.")
    run(capsys)
    text = client.get(correction.get_absolute_url()).text
    assert "You were right" in text
    assert "It is put right." in text


def test_the_receipt_of_one_that_nobody_decided_on_says_so(client, capsys):
    correction = make_correction(sent_at=days_ago(366))
    run(capsys)
    text = client.get(correction.get_absolute_url()).text
    assert "We did not decide in time, and what you wrote has been deleted." in text
