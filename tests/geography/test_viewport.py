from decimal import Decimal

import pytest

from directory.geography.bounding_box import BoundingBox
from directory.geography.coordinates import Position
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH, to_map
from directory.geography.viewport import FRAME_HEIGHT, FRAME_WIDTH, Viewport

BRISTOL = Position(Decimal("51.45523"), Decimal("-2.59665"))
SOUTH_WALES = BoundingBox.parse("51.45523,-3.94323,51.62079,-2.59665")


SIX_CITIES = BoundingBox.parse("51.45523,-5.92541,54.59682,-1.49768")


def test_the_whole_map_is_shown_as_it_is():
    assert Viewport().transform == ""
    assert Viewport().point(BRISTOL) == to_map(BRISTOL)


def test_without_cities_the_whole_map_is_shown():
    assert Viewport.fit_all(None) == Viewport()


def test_the_frame_of_all_cities_is_nearly_square_and_leaves_a_margin_around_them():
    viewport = Viewport.fit_all(SIX_CITIES)
    assert viewport.height / viewport.width <= 1.1
    for latitude in (SIX_CITIES.south, SIX_CITIES.north):
        for longitude in (SIX_CITIES.west, SIX_CITIES.east):
            x, y = viewport.point(Position(latitude, longitude))
            assert 0.1 * viewport.width < x < 0.9 * viewport.width
            assert 0.1 * viewport.height < y < 0.9 * viewport.height


def test_the_frame_of_one_city_still_shows_600_units_of_the_country():
    viewport = Viewport.fit_all(BoundingBox.parse("51.45523,-2.59665,51.45523,-2.59665"))
    assert viewport.width / viewport.scale == pytest.approx(600)


def test_cities_from_shetland_to_cornwall_are_shown_on_the_whole_map():
    assert Viewport.fit_all(BoundingBox.parse("50.1,-5.5,60.2,-1.1")) == Viewport()


def test_cities_from_glasgow_to_plymouth_are_shown_in_the_frame():
    viewport = Viewport.fit_all(BoundingBox.parse("50.37,-7.31,55.86,-0.13"))
    assert viewport.width == FRAME_WIDTH
    assert viewport.left >= 0


def test_an_area_is_enlarged_with_all_of_it_inside():
    viewport = Viewport.fit(SOUTH_WALES)
    assert viewport.scale > 3
    for latitude in (SOUTH_WALES.south, SOUTH_WALES.north):
        for longitude in (SOUTH_WALES.west, SOUTH_WALES.east):
            x, y = viewport.point(Position(latitude, longitude))
            assert 0 <= x <= FRAME_WIDTH
            assert 0 <= y <= FRAME_HEIGHT


@pytest.mark.parametrize("area", ["52,-2.4,54,-2.3", "52.4,-3.5,52.5,-1.5"], ids=["tall", "wide"])
def test_an_area_is_in_the_middle_and_fills_most_of_the_map(area):
    box = BoundingBox.parse(area)
    viewport = Viewport.fit(box)
    left, bottom = viewport.point(Position(box.south, box.west))
    right, top = viewport.point(Position(box.north, box.east))
    assert (left + right) / 2 == pytest.approx(FRAME_WIDTH / 2, abs=5)
    assert (top + bottom) / 2 == pytest.approx(FRAME_HEIGHT / 2, abs=5)
    assert 0.7 < max((right - left) / FRAME_WIDTH, (bottom - top) / FRAME_HEIGHT) < 0.95


def test_the_basemap_moves_with_the_pins():
    viewport = Viewport.fit(SOUTH_WALES)
    x, y = to_map(BRISTOL)
    drawn = viewport.point(BRISTOL)
    assert ((x - viewport.left) * viewport.scale, (y - viewport.top) * viewport.scale) == drawn
    translated = f"translate({-viewport.left:.1f} {-viewport.top:.1f})"
    assert viewport.transform == f"scale({viewport.scale:.3f}) {translated}"


@pytest.mark.parametrize("corner", ["49.9,-6.3,49.9,-6.3", "60.8,-0.8,60.8,-0.8", "52.48,1.7,52.5,1.76"])
def test_a_window_never_leaves_the_map(corner):
    viewport = Viewport.fit(BoundingBox.parse(corner))
    assert 0 <= viewport.left <= MAP_WIDTH - FRAME_WIDTH / viewport.scale
    assert 0 <= viewport.top <= MAP_HEIGHT - FRAME_HEIGHT / viewport.scale
    assert viewport.scale == 8


@pytest.mark.parametrize("far", ["-90,-180,90,180", "10,100,11,101"])
def test_even_an_area_of_the_whole_earth_or_elsewhere_can_be_shown(far):
    assert (
        Viewport.fit(BoundingBox.parse(far)).transform or Viewport.fit(BoundingBox.parse(far)) == Viewport()
    )
