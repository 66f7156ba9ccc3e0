"""What the public sees: published, and from its moment on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import City, Guide
from tests.factories import make_city, make_guide, make_membership, make_network

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "live_from", "is_seen"),
    [
        ("published", None, True),
        ("published", -HOUR, True),
        ("published", HOUR, False),
        ("draft", None, False),
        ("draft", -HOUR, False),
    ],
)
def test_the_public_sees_what_is_published_and_due(client, status, live_from, is_seen):
    moment = timezone.now() + live_from if live_from else None
    city = make_city(name="Atlantis", status=status, live_from=moment)
    network = make_network()
    make_membership(city, network)
    assert city.is_published == is_seen
    assert City.objects.published().exists() == is_seen
    assert client.get(city.get_absolute_url()).status_code == (200 if is_seen else 404)
    assert ("Atlantis" in client.get("/cities/").text) == is_seen
    assert ("Atlantis" in client.get(network.get_absolute_url()).text) == is_seen


def test_so_it_is_with_everything_that_is_published(client):
    guide = make_guide(live_from=timezone.now() + HOUR)
    assert not guide.is_published
    assert not Guide.objects.published().exists()
    assert client.get(guide.get_absolute_url()).status_code == 404


def test_at_its_moment_it_is_there(monkeypatch):
    moment = timezone.now() + HOUR
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    assert make_guide(live_from=moment).is_published
