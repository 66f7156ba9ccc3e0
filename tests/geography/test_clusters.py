from decimal import Decimal
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import CELL_SIZE, Cluster, cell_size, mark_radius, merge_overlapping
from directory.geography.coordinates import Position
from directory.geography.viewport import Viewport


def alone(latitude, longitude, key=1):
    north, east = Decimal(latitude), Decimal(longitude)
    return Cluster(1, BoundingBox(north, east, north, east), Position(north, east), key)


MANCHESTER = alone("53.48095", "-2.23743", 1)
WAKEFIELD = alone("53.68331", "-1.49768", 2)
SALFORD = alone("53.48300", "-2.29", 3)


def test_cities_with_room_for_a_pin_each_stay_apart():
    assert list(merge_overlapping([MANCHESTER, WAKEFIELD], Viewport())) == [MANCHESTER, WAKEFIELD]


def test_cities_whose_pins_would_overlap_become_one_cluster_with_their_number_and_area():
    (cluster,) = merge_overlapping([MANCHESTER, SALFORD], Viewport())
    assert cluster.count == 2
    assert str(cluster.bounding_box) == "53.48095,-2.29,53.483,-2.23743"


def test_zooming_in_separates_them():
    both = [WAKEFIELD, alone("53.79648", "-1.54785")]
    (cluster,) = merge_overlapping(both, Viewport())
    assert len(merge_overlapping(both, Viewport.fit(cluster.bounding_box))) == 2


def test_the_centre_of_a_cluster_is_the_mean_of_its_cities():
    two = MANCHESTER.merged_with(SALFORD)
    three = two.merged_with(WAKEFIELD)
    for merged in (three, WAKEFIELD.merged_with(two)):
        assert merged.count == 3
        assert round(merged.centre.latitude, 5) == Decimal("53.54909")
        assert round(merged.centre.longitude, 5) == Decimal("-2.00837")


def test_a_cell_is_as_large_on_the_page_at_every_scale():
    south_wales = Viewport.fit(BoundingBox.parse("51.45523,-3.94323,51.62079,-2.59665"))
    south, west = Decimal(54), Decimal(-3)
    for viewport in (Viewport(), south_wales):
        height, width = map(Decimal, cell_size(viewport))
        corner = viewport.point(Position(south, west))
        north = viewport.point(Position(south + height, west))
        east = viewport.point(Position(south, west + width))
        assert corner.y - north.y == pytest.approx(CELL_SIZE, rel=0.005)
        assert east.x - corner.x == pytest.approx(CELL_SIZE, rel=0.03)


places = st.lists(
    st.builds(
        alone,
        st.decimals("50", "59", places=4),
        st.decimals("-7", "1", places=4),
        st.integers(),
    ),
    max_size=60,
    unique_by=lambda place: place.bounding_box,
)


@settings(max_examples=60, deadline=None)
@given(places)
def test_no_two_marks_touch_no_two_bounding_boxes_overlap_and_every_city_is_counted_once(found):
    merged = merge_overlapping(found, Viewport())
    for (one, here), (other, there) in combinations(merged.items(), 2):
        least = mark_radius(one.count) + mark_radius(other.count)
        assert hypot(here.x - there.x, here.y - there.y) >= least
        assert not one.bounding_box.overlaps(other.bounding_box)
    for cluster in merged:
        assert sum(cluster.bounding_box.overlaps(place.bounding_box) for place in found) == cluster.count
    assert sum(cluster.count for cluster in merged) == len(found)
