"""What every request goes through besides Django's own middleware."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from directory.middleware import BrowserPolicyMiddleware
from directory.models import ContentVersion
from directory.urls import urlpatterns as public
from tests.factories import make_city

pytestmark = pytest.mark.django_db

NOT_PREPARED = "the database is not prepared: run manage.py prepare\n"

urlpatterns = [
    *public,
    path("gone/", lambda request: HttpResponse("This city has left the network.", status=404)),
]


@pytest.fixture
def development(settings):
    """The site as a developer runs it; Django's test runner switches DEBUG off."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = "tests.test_middleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "directory.middleware.DevelopmentNotFoundMiddleware"]


@pytest.mark.parametrize("url", ["/nowhere/", "/cities/atlantis/", "/news/?page=99"])
def test_a_developer_sees_the_page_for_not_found_that_visitors_see(client, development, url):
    response = client.get(url)
    assert response.status_code == 404
    assert "Page not found" in response.text
    assert "URLconf" not in response.text


def test_what_a_view_itself_answers_is_what_a_developer_sees(client, development):
    response = client.get("/gone/")
    assert (response.status_code, response.text) == (404, "This city has left the network.")


def test_a_slash_that_is_missing_is_added(client, development):
    make_city(slug="leeds")
    assert client.get("/cities/leeds").url == "/cities/leeds/"


def test_a_query_that_is_too_long_is_refused(client):
    assert client.get("/cities/", {"q": "x" * 2_001}).status_code == 414


def test_a_body_that_is_too_large_is_refused(client, settings):
    settings.REQUEST_MAX_BYTES = 10
    assert client.post("/cities/", {"q": "x" * 20}).status_code == 413


@pytest.mark.parametrize(
    ("content_type", "is_sent"), [("text/html; charset=utf-8", True), ("text/css", False)]
)
def test_only_a_page_has_a_policy_for_what_it_may_use(content_type, is_sent):
    response = HttpResponse(content_type=content_type)
    answered = BrowserPolicyMiddleware(lambda request: response)(RequestFactory().get("/"))
    assert ("Permissions-Policy" in answered.headers) is is_sent
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_policies_that_a_view_sets_stay():
    response = HttpResponse(headers={"Permissions-Policy": "camera=(self)"})
    answered = BrowserPolicyMiddleware(lambda request: response)(RequestFactory().get("/"))
    assert answered.headers["Permissions-Policy"] == "camera=(self)"
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_process_says_that_it_lives_and_is_ready(client):
    assert client.get("/health/live/").status_code == 200
    assert client.get("/health/ready/").status_code == 200


def test_it_is_not_ready_before_its_database_is_prepared(client):
    ContentVersion.objects.all().delete()
    response = client.get("/health/ready/")
    assert (response.status_code, response.text) == (503, NOT_PREPARED)


def test_it_is_not_ready_before_its_database_has_tables(client):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE directory_contentversion")
    response = client.get("/health/ready/")
    assert (response.status_code, response.text) == (503, NOT_PREPARED)


def test_health_is_told_under_any_host_name(client):
    assert client.get("/health/live/", headers={"host": "10.0.0.7"}).status_code == 200


def test_it_is_not_ready_without_its_database(client, monkeypatch):
    def refuse(self):
        raise OperationalError("no route to host")

    monkeypatch.setattr("directory.models.content_version.ContentVersionQuerySet.tokens", refuse)
    response = client.get("/health/ready/")
    assert (response.status_code, response.text) == (503, "the database cannot be reached\n")
