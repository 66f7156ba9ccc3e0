from decimal import Decimal
from itertools import combinations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import MIN_SEPARATION, Cluster, merge_overlapping
from directory.geography.coordinates import Position
from directory.geography.viewport import Viewport


def alone(latitude, longitude, key=1):
    north, east = Decimal(latitude), Decimal(longitude)
    return Cluster(1, BoundingBox(north, east, north, east), Position(north, east), key)


MANCHESTER = alone("53.48095", "-2.23743", 1)
WAKEFIELD = alone("53.68331", "-1.49768", 2)
SALFORD = alone("53.48300", "-2.29", 3)


def test_places_with_room_for_a_pin_each_stay_apart():
    assert list(merge_overlapping([MANCHESTER, WAKEFIELD], Viewport())) == [MANCHESTER, WAKEFIELD]


def test_places_whose_pins_would_overlap_become_one_cluster_with_their_number_and_area():
    (cluster,) = merge_overlapping([MANCHESTER, SALFORD], Viewport())
    assert cluster.count == 2
    assert str(cluster.bounding_box) == "53.48095,-2.29,53.483,-2.23743"


def test_zooming_in_separates_them():
    both = [WAKEFIELD, alone("53.79648", "-1.54785")]
    (cluster,) = merge_overlapping(both, Viewport())
    assert len(merge_overlapping(both, Viewport.fit(cluster.bounding_box))) == 2


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
def test_no_two_marks_touch_no_two_bounding_boxes_share_a_place_and_every_place_is_counted_once(found):
    merged = merge_overlapping(found, Viewport())
    for (one, here), (other, there) in combinations(merged.items(), 2):
        assert hypot(here.x - there.x, here.y - there.y) >= MIN_SEPARATION
        assert not one.bounding_box.overlaps(other.bounding_box)
    for cluster in merged:
        assert sum(cluster.bounding_box.overlaps(place.bounding_box) for place in found) == cluster.count
    assert sum(cluster.count for cluster in merged) == len(found)
