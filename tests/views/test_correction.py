import re
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from directory.forms.correction import stamp
from directory.models import Correction
from tests.factories import make_city, make_correction

pytestmark = pytest.mark.django_db

FORM = "/cities/leeds/correction/"
TYPED = {
    "wrong": "The library opened in 2014.",
    "right": "It opened in 2015.",
    "evidence": "I cut the ribbon.",
    "email": "reader@example.org",
}


def stamped(seconds_ago):
    """The hidden moment of a form that was handed out so long ago."""
    moment = timezone.now().timestamp() - seconds_ago
    with patch("django.core.signing.time.time", lambda: moment):
        return stamp()


def send(client, seconds_ago=60, address=FORM, **fields):
    return client.post(address, TYPED | {"rendered_at": stamped(seconds_ago), "subject": ""} | fields)


def assert_refused_with_all_that_was_typed(response, status, sentence):
    assert response.status_code == status
    assert sentence in response.text
    assert "Not sent yet" in response.text
    for value in TYPED.values():
        assert value in response.text
    assert not Correction.objects.exists()


@pytest.fixture
def leeds():
    return make_city(name="Leeds", slug="leeds")


class TestTheWayThere:
    def test_every_city_page_leads_to_its_form(self, client, leeds):
        assert f'<a href="{FORM}" rel="nofollow">Something wrong on this page?</a>' in (
            client.get("/cities/leeds/").text
        )
        assert "Something wrong on the page about Leeds?" in client.get(FORM).text

    def test_the_form_says_when_the_page_was_last_reviewed_if_it_was(self, client, leeds):
        assert "We last checked the page" not in client.get(FORM).text
        leeds.last_reviewed = date(2026, 11, 25)
        leeds.save()
        sentence = "We last checked the page against its sources on "
        assert f'{sentence}<time datetime="2026-11-25">25 November 2026</time>.' in client.get(FORM).text

    def test_the_first_text_has_the_most_room(self, client, leeds):
        rows = re.findall(r'<textarea [^>]*rows="(\d)"', client.get(FORM).text)
        assert rows == ["5", "2", "2"]

    def test_a_draft_and_a_city_that_is_not_live_yet_have_no_form(self, client):
        make_city(slug="draft", status="draft")
        make_city(slug="later", live_from=timezone.now() + timedelta(hours=1))
        for slug in ("draft", "later", "nowhere"):
            assert client.get(f"/cities/{slug}/correction/").status_code == 404
            assert send(client, address=f"/cities/{slug}/correction/").status_code == 404

    def test_a_renamed_city_redirects_to_its_form_and_takes_what_is_sent_to_the_old_one(self, client, leeds):
        leeds.slug = "leeds-city"
        leeds.save()
        response = client.get(FORM)
        assert (response.status_code, response.url) == (301, "/cities/leeds-city/correction/")
        assert send(client).status_code == 303
        assert Correction.objects.get().city == leeds

    def test_search_engines_do_not_index_form_and_receipt(self, client, leeds):
        assert "Disallow: /cities/*/correction/" in client.get("/robots.txt").text
        receipt = send(client).url
        for address in (FORM, receipt):
            assert '<meta name="robots" content="noindex">' in client.get(address).text
        assert "correction" not in client.get("/sitemap.xml").text

    def test_a_browser_that_goes_back_still_has_what_was_typed(self, client, leeds):
        kept = client.get(FORM).headers["Cache-Control"]
        assert "private" in kept
        assert "no-store" not in kept

    def test_the_form_says_how_long_its_text_is_stored(self, client, leeds, settings):
        settings.CORRECTION_DAYS, settings.OPEN_CORRECTION_DAYS = 12, 34
        page = client.get(FORM).text
        assert "12 days after we decide" in page
        assert "34 days after you send it" in page

    def test_the_cookie_is_forgotten_when_the_browser_is_closed(self, client, leeds):
        cookies = client.get(FORM).cookies
        assert list(cookies) == ["csrftoken"]
        assert cookies["csrftoken"]["max-age"] == ""
        assert cookies["csrftoken"]["expires"] == ""


class TestSending:
    def test_what_was_typed_arrives_about_that_city(self, client, leeds):
        response = send(client)
        correction = Correction.objects.get()
        assert (response.status_code, response.url) == (303, f"/corrections/{correction.token}/")
        assert (correction.city, correction.city_name) == (leeds, "Leeds")
        assert {name: getattr(correction, name) for name in TYPED} == TYPED
        assert correction.status == "open"

    def test_the_email_address_may_be_left_out(self, client, leeds):
        assert send(client, email="").status_code == 303

    def test_nobody_sets_state_answer_or_city_from_outside(self, client, leeds):
        other = make_city()
        send(client, status="accepted", answer="Ha.", city=other.pk, city_name="Ha", decided_at="2026-01-01")
        correction = Correction.objects.get()
        assert (correction.status, correction.answer, correction.city) == ("open", "", leeds)
        assert (correction.city_name, correction.decided_at) == ("Leeds", None)

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("wrong", "Say what is wrong on the page."),
            ("right", "Say what the page should say, or that you do not know."),
            ("evidence", "Say how you know, so that we can check it."),
        ],
    )
    @pytest.mark.parametrize("typed", ["", " \r\n "])
    def test_what_is_missing_is_said_beside_its_field_and_above_with_a_link(
        self, client, leeds, name, sentence, typed
    ):
        response = send(client, **{name: typed})
        assert response.status_code == 400
        assert f'<li><a href="#id_{name}">{sentence}</a></li>' in response.text
        assert f'<ul class="errorlist" id="id_{name}_error"><li>{sentence}</li></ul>' in response.text
        assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in response.text
        assert response.text.count('aria-invalid="true"') == 1
        assert "<title>Not sent yet:" in response.text
        assert not Correction.objects.exists()

    def test_what_is_no_email_address_is_named_with_what_to_do(self, client, leeds):
        response = send(client, email="reader@")
        assert "“reader@” is not an e-mail address" in response.text
        assert "Enter one like name@example.org, or leave it empty." in response.text
        assert 'value="reader@"' in response.text

    def test_what_is_too_long_is_not_cut_off_but_refused_with_its_length(self, client, leeds):
        response = send(client, wrong="w" * 2001)
        assert response.status_code == 400
        assert "“What is wrong?” is 2001 characters long. Shorten it to 2000" in response.text
        assert "w" * 2001 in response.text
        assert "maxlength" not in response.text.split('name="email"')[0]
        assert send(client, wrong="w" * 2000).status_code == 303

    def test_markup_is_shown_again_and_not_run(self, client, leeds):
        response = send(client, wrong="</textarea><script>alert(1)</script>", right="")
        assert "<script>alert" not in response.text
        assert "&lt;script&gt;alert(1)" in response.text


class TestRobots:
    def test_what_nobody_sees_is_hidden_by_the_style_sheet_and_not_tabbed_to(self, client, leeds):
        (trap,) = [line for line in client.get(FORM).text.splitlines() if 'name="subject"' in line]
        assert 'tabindex="-1"' in trap
        assert 'autocomplete="off"' in trap

    def test_whoever_fills_it_in_is_thanked_and_nothing_is_stored(self, client, leeds):
        trapped = send(client, subject="Buy now")
        honest = send(client)
        assert Correction.objects.count() == 1
        assert trapped.status_code == honest.status_code == 303
        receipts = [client.get(answer.url).text.replace(answer.url, "") for answer in (trapped, honest)]
        assert receipts[0] == receipts[1]

    def test_a_robots_receipt_ends_after_a_day(self, client, leeds):
        receipt = send(client, subject="Buy now").url
        tomorrow = timezone.now().timestamp() + 25 * 60 * 60
        with patch("django.core.signing.time.time", lambda: tomorrow):
            assert client.get(receipt).status_code == 404

    def test_what_comes_faster_than_anybody_types_is_asked_for_again(self, client, leeds):
        response = send(client, seconds_ago=0)
        assert_refused_with_all_that_was_typed(response, 400, "The form was sent within a few seconds")

    @pytest.mark.parametrize(
        "rendered_at",
        ["", "form:1:forged", "\x00", stamped(90_000)],
        ids=["none", "forged", "NUL", "a day old"],
    )
    def test_a_form_that_is_a_day_old_or_not_ours_comes_back_with_a_fresh_moment(
        self, client, leeds, rendered_at
    ):
        response = send(client, rendered_at=rendered_at)
        assert_refused_with_all_that_was_typed(
            response, 400, "Everything you typed is still here: please send it again."
        )
        assert f'name="rendered_at" value="{rendered_at}"' not in response.text
        assert 'name="rendered_at" value="form:' in response.text

    def test_a_form_that_is_refused_for_another_reason_keeps_its_moment(self, client, leeds):
        rendered_at = stamped(60)
        assert f'value="{rendered_at}"' in send(client, rendered_at=rendered_at, wrong="").text


class TestFloods:
    @pytest.mark.parametrize("setting", ["CORRECTIONS_AN_HOUR", "CORRECTIONS_AN_HOUR_A_CITY"])
    def test_more_than_the_hour_takes_is_refused_with_all_that_was_typed(
        self, client, leeds, settings, setting
    ):
        setattr(settings, setting, 0)
        response = send(client)
        assert_refused_with_all_that_was_typed(response, 429, "send it again in an hour")
        assert response.headers["Retry-After"] == "3600"

    def test_a_city_that_is_flooded_does_not_close_the_others(self, client, leeds, settings):
        settings.CORRECTIONS_AN_HOUR_A_CITY = 2
        make_city(slug="bath")
        assert [send(client).status_code for _ in range(3)] == [303, 303, 429]
        assert send(client, address="/cities/bath/correction/").status_code == 303

    def test_the_whole_site_takes_no_more_than_its_own_number(self, client, leeds, settings):
        settings.CORRECTIONS_AN_HOUR = 2
        make_correction()
        make_correction()
        assert send(client).status_code == 429

    def test_an_hour_later_it_takes_them_again(self, client, leeds, settings):
        settings.CORRECTIONS_AN_HOUR = settings.CORRECTIONS_AN_HOUR_A_CITY = 1
        make_correction(leeds, sent_at=timezone.now() - timedelta(minutes=61))
        assert send(client).status_code == 303


class TestItsToken:
    @pytest.fixture
    def strict(self, leeds):
        return Client(enforce_csrf_checks=True)

    def test_without_the_cookie_all_that_was_typed_comes_back(self, strict):
        response = send(strict)
        assert_refused_with_all_that_was_typed(response, 403, "allow cookies for this site")

    def test_with_it_the_correction_is_taken(self, strict):
        strict.get(FORM)
        token = strict.cookies["csrftoken"].value
        assert send(strict, csrfmiddlewaretoken=token).status_code == 303

    def test_a_form_on_another_site_cannot_send_it(self, strict):
        strict.get(FORM)
        token = strict.cookies["csrftoken"].value
        fields = TYPED | {"rendered_at": stamped(60), "csrfmiddlewaretoken": token}
        response = strict.post(FORM, fields, headers={"origin": "https://evil.example"})
        assert response.status_code == 403
        assert not Correction.objects.exists()


def test_the_privacy_page_says_the_days_that_are_set(client, settings):
    settings.CORRECTION_DAYS = 12
    text = client.get("/privacy/").text
    assert "12 days after we decide" in text
    assert "365 days after you send it" in text
