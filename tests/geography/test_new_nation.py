"""A nation that was added to `Nation` before `manage.py build_map` gave it a coast."""

from decimal import Decimal

import pytest

from directory.geography import land
from directory.models import City
from tests.factories import make_city

CARDIFF = {"latitude": Decimal("51.48158"), "longitude": Decimal("-3.17909")}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wales_without_a_coast(monkeypatch):
    coasts = {name: coast for name, coast in land.nations().items() if name != "wales"}
    monkeypatch.setattr(land, "nations", lambda: coasts)


def test_a_city_of_a_nation_without_a_coast_is_only_checked_to_lie_on_land():
    city = make_city(nation="wales", latitude=Decimal("51.48"), longitude=Decimal("-2.60"))
    city.full_clean()
    city.longitude = Decimal("0.5")
    city.latitude = Decimal("55.5")
    with pytest.raises(Exception, match=r"km\) from land"):
        city.full_clean()


def test_the_admin_shows_a_position_in_a_nation_without_a_coast(admin_client):
    shown = admin_client.get("/admin/directory/city/position/", {"text": "51.48, -2.60", "nation": "wales"})
    assert "51.48000° N" in shown.text
    assert not City.objects.exists()
