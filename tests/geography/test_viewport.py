from decimal import Decimal

import pytest

from directory.geography.bounding_box import BoundingBox
from directory.geography.coordinates import Position
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH, to_map
from directory.geography.viewport import Viewport

BRISTOL = Position(Decimal("51.45523"), Decimal("-2.59665"))
SOUTH_WALES = BoundingBox.parse("51.45523,-3.94323,51.62079,-2.59665")


def test_no_area_shows_the_whole_map_as_it_is():
    assert Viewport.fit(None).transform == ""
    assert Viewport.fit(None).point(BRISTOL) == to_map(BRISTOL)


def test_an_area_is_enlarged_with_all_of_it_inside():
    viewport = Viewport.fit(SOUTH_WALES)
    assert viewport.scale > 3
    for latitude in (SOUTH_WALES.south, SOUTH_WALES.north):
        for longitude in (SOUTH_WALES.west, SOUTH_WALES.east):
            x, y = viewport.point(Position(latitude, longitude))
            assert 0 <= x <= MAP_WIDTH
            assert 0 <= y <= MAP_HEIGHT


@pytest.mark.parametrize("area", ["52,-2.4,54,-2.3", "52.4,-3.5,52.5,-1.5"], ids=["tall", "wide"])
def test_an_area_is_in_the_middle_and_fills_most_of_the_map(area):
    box = BoundingBox.parse(area)
    viewport = Viewport.fit(box)
    left, bottom = viewport.point(Position(box.south, box.west))
    right, top = viewport.point(Position(box.north, box.east))
    assert (left + right) / 2 == pytest.approx(MAP_WIDTH / 2, abs=5)
    assert (top + bottom) / 2 == pytest.approx(MAP_HEIGHT / 2, abs=5)
    assert 0.7 < max((right - left) / MAP_WIDTH, (bottom - top) / MAP_HEIGHT) < 0.95


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
    assert 0 <= viewport.left <= MAP_WIDTH - MAP_WIDTH / viewport.scale
    assert 0 <= viewport.top <= MAP_HEIGHT - MAP_HEIGHT / viewport.scale
    assert viewport.scale == 8


@pytest.mark.parametrize("far", ["-90,-180,90,180", "10,100,11,101"])
def test_even_an_area_of_the_whole_earth_or_elsewhere_can_be_shown(far):
    assert (
        Viewport.fit(BoundingBox.parse(far)).transform or Viewport.fit(BoundingBox.parse(far)) == Viewport()
    )
