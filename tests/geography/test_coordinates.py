from decimal import Decimal

import pytest

from directory.geography.coordinates import Position

WOLVERHAMPTON = Position(Decimal("52.58547"), Decimal("-2.12296"))


def test_decimal_degrees_carry_their_hemispheres():
    assert WOLVERHAMPTON.decimal == "52.58547° N, 2.12296° W"


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
