import logging
from datetime import timedelta
from time import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone

PASSWORD = "a-long-enough-password"
WRONG = "The user name or the password is wrong."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet():
    cache.clear()


@pytest.fixture
def ada():
    return User.objects.create_user("ada", password=PASSWORD, is_staff=True, is_superuser=True)


def sign_in(client, name="ada", password=PASSWORD, **headers):
    return client.post("/account/login/", {"login": name, "password": password}, **headers)


def guess(client, times, name="ada", **headers):
    for _ in range(times):
        answer = sign_in(client, name, "a-wrong-password", **headers)
    return answer


class TestThePassword:
    @pytest.mark.parametrize("url", ["/admin/", "/admin/login/", "/admin/directory/city/"])
    def test_every_page_of_the_admin_leads_to_the_sign_in_page(self, client, url):
        answer = client.get(url, follow=True)
        assert answer.request["PATH_INFO"] == "/account/login/"
        assert "Sign in to the admin" in answer.text

    @pytest.mark.usefixtures("ada")
    def test_the_right_one_leads_to_the_admin(self, client):
        assert sign_in(client).headers["Location"] == "/admin/"
        assert client.get("/admin/").status_code == 200

    @pytest.mark.usefixtures("ada")
    def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(self, client):
        wrong_name, wrong_password = sign_in(client, "bob"), sign_in(client, password="wrong")
        assert WRONG in wrong_name.text
        assert WRONG in wrong_password.text
        assert wrong_name.status_code == wrong_password.status_code == 200

    @pytest.mark.usefixtures("ada")
    def test_the_title_says_first_that_there_is_an_error(self, client):
        assert "<title>Sign in – UK Learning Cities</title>" in client.get("/account/login/").text
        wrong = sign_in(client, password="wrong")
        assert "<title>Error: Sign in – UK Learning Cities</title>" in wrong.text

    @pytest.mark.parametrize("url", ["/account/signup/", "/account/password/reset/", "/account/email/"])
    def test_there_is_no_sign_up_and_nothing_by_e_mail(self, client, url):
        assert client.get(url).status_code == 404

    def test_nobody_but_staff_is_let_in(self, client):
        User.objects.create_user("visitor", password=PASSWORD)
        sign_in(client, "visitor")
        answer = client.get("/admin/", follow=True)
        assert answer.status_code == 403
        assert "You do not have access" in answer.text

    @pytest.mark.usefixtures("ada")
    @pytest.mark.parametrize("weak", ["eleven-char", "123456789012345", "qwerty123456"])
    def test_a_weak_new_one_is_refused(self, client, weak):
        sign_in(client)
        new = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        assert client.post("/account/password/change/", new).status_code == 200
        assert User.objects.get().check_password(PASSWORD)

    @pytest.mark.usefixtures("ada")
    def test_a_new_one_is_set_from_the_admin(self, client):
        sign_in(client)
        assert client.get("/admin/password_change/").headers["Location"] == "/account/password/change/"
        new = dict.fromkeys(("password1", "password2"), "another-long-password")
        answer = client.post("/account/password/change/", new | {"oldpassword": PASSWORD}, follow=True)
        assert "How you sign in" in answer.text
        assert User.objects.get().check_password("another-long-password")

    def test_the_pages_of_an_account_are_cached_by_nobody(self, client, ada):
        assert "no-store" in client.get("/account/login/").headers["Cache-Control"]


@pytest.mark.usefixtures("ada")
class TestGuessing:
    def test_the_fifth_wrong_password_closes_the_name_with_a_page_that_says_what_to_do(self, client):
        assert guess(client, 4).status_code == 200
        answer = guess(client, 1)
        assert answer.status_code == 429
        assert "nobody can sign in with this user name from your connection for an hour" in answer.text
        assert "ask an administrator" in answer.text

    def test_a_closed_name_stays_closed_to_the_right_password(self, client):
        guess(client, 5)
        assert sign_in(client).status_code == 429
        assert "_auth_user_id" not in client.session

    def test_a_name_that_nobody_has_is_closed_just_the_same(self, client):
        assert guess(client, 5, "nobody").text == guess(client, 5).text

    def test_capitals_and_blanks_are_no_way_round(self, client):
        for name in ("Ada", "ADA", " ada", "aDa", "adA "):
            answer = guess(client, 1, name)
        assert answer.status_code == 429

    def test_other_names_and_other_ip_addresses_stay_open(self, client):
        User.objects.create_user("bob", password=PASSWORD, is_staff=True)
        guess(client, 5)
        assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302
        assert sign_in(client, "bob").status_code == 302

    def test_a_lockout_ends_after_an_hour_however_often_somebody_tries(self, client, monkeypatch):
        guess(client, 7)
        later = timezone.now() + timedelta(minutes=61)
        monkeypatch.setattr("axes.handlers.proxy.now", lambda: later)
        assert sign_in(client).status_code == 302

    def test_a_header_does_not_make_another_ip_address(self, client):
        for number in range(5):
            answer = guess(client, 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        assert answer.status_code == 429

    def test_behind_a_trusted_proxy_the_ip_address_is_the_one_that_it_saw(self, client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(5):
            answer = guess(client, 1, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 192.0.2.1")
        assert answer.status_code == 429
        assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 302

    def test_an_administrator_ends_a_lockout_in_the_admin(self, client, admin_client):
        guess(client, 5)
        page = admin_client.get("/admin/axes/accessattempt/")
        assert "ada" in page.text
        (attempt,) = page.context["cl"].queryset
        admin_client.post(f"/admin/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"})
        assert sign_in(client).status_code == 302

    def test_more_attempts_than_a_person_makes_get_a_page_in_the_sites_look(self, client):
        for number in range(31):
            answer = sign_in(client, f"name-{number}")
        assert answer.status_code == 429
        assert "too many attempts from your connection" in answer.text


class TestTheSession:
    def test_a_session_ends_after_a_working_day_whatever_somebody_does(self, client, ada):
        sign_in(client)
        end = client.session.get_expiry_date()
        assert timedelta(hours=9, minutes=59) < end - timezone.now() < timedelta(hours=10)
        session = client.session
        session["something"] = "else"
        session.save()
        assert client.session.get_expiry_date() == end

    def test_so_does_that_of_a_passkey(self, client, ada):
        client.force_login(ada)
        assert "_session_expiry" in client.session


class TestTheLog:
    @pytest.fixture(autouse=True)
    def log(self, caplog):
        caplog.set_level(logging.INFO)

    def lines(self, caplog):
        return [record.getMessage() for record in caplog.records if record.name == "directory.accounts"]

    def test_it_has_a_line_for_each_sign_in_and_sign_out(self, client, ada, caplog):
        sign_in(client)
        client.post("/account/logout/")
        assert self.lines(caplog) == [f"account {ada.pk} signed in", f"account {ada.pk} signed out"]

    @pytest.mark.usefixtures("ada")
    def test_it_logs_neither_name_nor_password_nor_ip_address_of_a_failure(self, client, caplog):
        guess(client, 5, REMOTE_ADDR="192.0.2.7")
        lines = self.lines(caplog)
        assert lines.count("a sign-in failed") == 5
        assert lines.count("a username is locked out for an IP address after too many failures") == 1
        assert len(lines) == 6
        for secret in ("ada", "a-wrong-password", "192.0.2.7"):
            assert secret not in caplog.text


def code_of(secret):
    """The code that an app shows."""
    return format_hotp_value(hotp_value(secret, int(time()) // 30))


class TestTheSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.REQUIRE_SECOND_FACTOR = True

    @pytest.fixture
    def secret(self, ada):
        secret = generate_totp_secret()
        TOTP.activate(ada, secret)
        return secret

    @pytest.mark.usefixtures("ada")
    @pytest.mark.parametrize("url", ["/admin/", "/admin/directory/city/", "/admin/auth/user/add/"])
    def test_without_one_the_admin_leads_to_where_it_is_added_and_says_why(self, client, url):
        sign_in(client)
        answer = client.get(url, follow=True)
        assert answer.request["PATH_INFO"] == "/account/second-factor/"
        assert "Somebody could guess your password" in answer.text
        assert "You need one to use the admin." in answer.text

    @pytest.mark.usefixtures("secret")
    def test_the_title_says_first_that_the_code_is_wrong(self, client):
        second_step = sign_in(client).headers["Location"]
        assert "<title>Second step – UK Learning Cities</title>" in client.get(second_step).text
        wrong = client.post(second_step, {"code": "000000"})
        assert "<title>Error: Second step – UK Learning Cities</title>" in wrong.text

    def test_without_one_nothing_can_be_changed_in_the_admin(self, client, ada):
        sign_in(client)
        client.post(f"/admin/auth/user/{ada.pk}/delete/", {"post": "yes"})
        assert User.objects.filter(pk=ada.pk).exists()

    @pytest.mark.usefixtures("ada")
    def test_without_one_one_can_leave(self, client):
        sign_in(client)
        assert client.post("/admin/logout/").headers["Location"] == "/account/login/"

    def test_recovery_codes_alone_are_none(self, client, ada):
        Authenticator.objects.create(user=ada, type=Authenticator.Type.RECOVERY_CODES, data={})
        client.force_login(ada)
        assert client.get("/admin/").headers["Location"] == "/account/second-factor/"

    def test_the_password_alone_does_not_sign_in(self, client, secret):
        assert sign_in(client).headers["Location"] == "/account/second-factor/authenticate/"
        assert client.get("/admin/").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_the_code_of_the_app_leads_to_the_admin(self, client, secret):
        sign_in(client)
        answer = client.post("/account/second-factor/authenticate/", {"code": code_of(secret)})
        assert answer.headers["Location"] == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_codes_cannot_be_guessed_either(self, client, secret):
        sign_in(client)
        for _ in range(5):
            answer = client.post("/account/second-factor/authenticate/", {"code": "x"})
        assert answer.status_code == 429
        right = client.post("/account/second-factor/authenticate/", {"code": code_of(secret)})
        assert right.status_code == 429
        assert "_auth_user_id" not in client.session

    def test_who_lost_theirs_gets_in_again_after_an_administrator_deleted_it(self, client, ada, secret):
        Authenticator.objects.create(user=ada, type=Authenticator.Type.RECOVERY_CODES, data={})
        boss = User.objects.create_superuser("boss", password=PASSWORD)
        TOTP.activate(boss, generate_totp_secret())
        client.force_login(boss)
        lost = Authenticator.objects.get(user=ada, type=Authenticator.Type.TOTP)
        page = client.get(f"/admin/mfa/authenticator/{lost.pk}/change/")
        assert page.status_code == 200
        assert lost.data["secret"] not in page.text
        client.post(f"/admin/mfa/authenticator/{lost.pk}/delete/", {"post": "yes"})
        assert not Authenticator.objects.filter(user=ada).exists(), "nor codes that recover nothing"
        client.logout()
        sign_in(client)
        assert client.get("/admin/").headers["Location"] == "/account/second-factor/"

    def test_several_are_deleted_from_the_list(self, client, ada, secret):
        Authenticator.objects.create(user=ada, type=Authenticator.Type.RECOVERY_CODES, data={})
        chosen = {"action": "delete_selected", "post": "yes"}
        client.force_login(ada)
        lost = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
        keys = [str(key) for key in lost.values_list("pk", flat=True)]
        client.post("/admin/mfa/authenticator/", chosen | {"_selected_action": keys})
        assert not Authenticator.objects.exists()
