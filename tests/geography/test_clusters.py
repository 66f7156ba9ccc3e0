from decimal import Decimal
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import SEPARATION, Cluster, apart
from directory.geography.coordinates import Position
from directory.geography.viewport import Viewport


def alone(latitude, longitude, key=1):
    north, east = Decimal(latitude), Decimal(longitude)
    return Cluster(1, BoundingBox(north, east, north, east), Position(north, east), key)


MANCHESTER = alone("53.48095", "-2.23743", 1)
WAKEFIELD = alone("53.68331", "-1.49768", 2)
SALFORD = alone("53.48300", "-2.29", 3)


def test_places_with_room_for_a_pin_each_stay_apart():
    assert list(apart([MANCHESTER, WAKEFIELD], Viewport())) == [MANCHESTER, WAKEFIELD]


def test_places_whose_pins_would_overlap_become_one_cluster_with_their_number_and_area():
    (cluster,) = apart([MANCHESTER, SALFORD], Viewport())
    assert cluster.count == 2
    assert str(cluster.area) == "53.48095,-2.29,53.483,-2.23743"


def test_nearer_by_they_come_apart():
    (cluster,) = apart([WAKEFIELD, alone("53.79648", "-1.54785")], Viewport())
    assert len(apart([WAKEFIELD, alone("53.79648", "-1.54785")], Viewport.on(cluster.area))) == 2


places = st.lists(
    st.builds(
        alone,
        st.decimals("50", "59", places=4),
        st.decimals("-7", "1", places=4),
        st.integers(),
    ),
    max_size=60,
    unique_by=lambda place: place.area,
)


@settings(max_examples=60, deadline=None)
@given(places)
def test_no_two_marks_ever_touch_and_every_place_is_counted_in_one(found):
    drawn = apart(found, Viewport())
    points = list(drawn.values())
    assert all(hypot(a.x - b.x, a.y - b.y) >= SEPARATION for i, a in enumerate(points) for b in points[:i])
    for cluster in drawn:
        assert sum(cluster.area.overlaps(place.area) for place in found) == cluster.count
    assert sum(cluster.count for cluster in drawn) == len(found)
