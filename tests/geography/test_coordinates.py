from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.coordinates import Position

WOLVERHAMPTON = Position(Decimal("52.58547"), Decimal("-2.12296"))


def test_decimal_degrees_carry_their_hemispheres():
    assert WOLVERHAMPTON.decimal == "52.58547° N, 2.12296° W"


def test_degrees_minutes_and_seconds_are_written_in_full():
    assert WOLVERHAMPTON.sexagesimal == "52°35′08″N 2°07′23″W"


def test_sixty_seconds_become_a_minute():
    assert Position(Decimal("51.99999"), Decimal("0")).sexagesimal == "52°00′00″N 0°00′00″E"


def test_a_geo_link_opens_a_map_application():
    assert WOLVERHAMPTON.geo_uri == "geo:52.58547,-2.12296"


def test_openstreetmap_marks_the_point():
    assert "mlat=52.58547&mlon=-2.12296" in WOLVERHAMPTON.openstreetmap_url


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_inside"),
    [("60.15", "-1.15", True), ("49.91", "-6.31", True), ("48.86", "2.35", False), ("-2.1", "52.6", False)],
)
def test_the_box_holds_the_united_kingdom_and_no_more(latitude, longitude, is_inside):
    assert Position(Decimal(latitude), Decimal(longitude)).in_uk_box is is_inside


degrees = st.decimals(min_value=-90, max_value=90, places=5)


@given(degrees, degrees)
def test_what_is_written_in_seconds_is_within_half_a_second_of_the_decimal(latitude, longitude):
    written = Position(latitude, longitude).sexagesimal.split()
    for text, value in zip(written, (latitude, longitude), strict=True):
        whole, minutes, seconds = text.rstrip("NSEW″").replace("°", " ").replace("′", " ").split()
        read = Decimal(whole) + Decimal(minutes) / 60 + Decimal(seconds) / 3600
        assert int(minutes) < 60
        assert int(seconds) < 60
        assert abs(read - abs(value)) <= Decimal("0.5000001") / 3600
