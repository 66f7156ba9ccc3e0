from decimal import Decimal
from math import acos, cos, radians, sin

import pytest

from directory.geography.coordinates import Position
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH, distance_km, to_grid, to_map

BELFAST = Position(Decimal("54.59682"), Decimal("-5.92541"))
BRISTOL = Position(Decimal("51.45523"), Decimal("-2.59665"))
# Ordnance Survey's worked example: the water tower at Caister, TG 51409 13177, within the 5 m of a
# transformation without its grid of local shifts.
CAISTER = Position(Decimal("52.65798"), Decimal("1.71605"))


def test_the_ordnance_surveys_own_example_lands_where_it_says():
    easting, northing = to_grid(CAISTER)
    assert easting == pytest.approx(651_410, abs=5)
    assert northing == pytest.approx(313_177, abs=5)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("60.85", "-0.89"), ("49.87", "-6.44"), ("52.48", "1.76"), ("54.46", "-8.17"), ("57.81", "-8.58")],
    ids=["Unst", "Scilly", "Lowestoft", "Fermanagh", "St Kilda"],
)
def test_every_corner_of_the_kingdom_is_on_the_map(latitude, longitude):
    x, y = to_map(Position(Decimal(latitude), Decimal(longitude)))
    assert 0 < x < MAP_WIDTH
    assert 0 < y < MAP_HEIGHT


def test_north_is_up_and_east_is_right():
    assert to_map(BELFAST).y < to_map(BRISTOL).y
    assert to_map(BELFAST).x < to_map(BRISTOL).x


def test_a_distance_agrees_with_the_great_circle_to_half_a_per_cent():
    north, south = radians(BELFAST.latitude), radians(BRISTOL.latitude)
    apart = radians(BELFAST.longitude - BRISTOL.longitude)
    angle = acos(sin(north) * sin(south) + cos(north) * cos(south) * cos(apart))
    assert distance_km(BELFAST, BRISTOL) == pytest.approx(6371 * angle, rel=0.005)


def test_a_distance_is_the_same_both_ways_and_nothing_to_oneself():
    assert distance_km(BELFAST, BRISTOL) == pytest.approx(distance_km(BRISTOL, BELFAST))
    assert distance_km(BELFAST, BELFAST) == 0
