from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geography.clusters import MIN_SEPARATION
from directory.geography.coordinates import Position
from directory.geography.projection import MapPoint
from directory.geography.uk_map import LABEL_SIZE, ClusterMark, Rectangle, UkMap
from directory.geography.viewport import Viewport


@dataclass(frozen=True)
class Spot:
    name: str
    latitude: str
    longitude: str
    label_side: str = "right"
    pk: int = 0

    @property
    def slug(self):
        return self.name.lower()

    @property
    def position(self):
        return Position(Decimal(self.latitude), Decimal(self.longitude))

    def get_absolute_url(self):
        return f"/cities/{self.slug}/"


def whole_map(spots, clusters=()):
    return UkMap.of(list(enumerate(spots, 1)), clusters, Viewport())


MANCHESTER = Spot("Manchester", "53.48095", "-2.23743", "left")
WAKEFIELD = Spot("Wakefield", "53.68331", "-1.49768")
BELFAST = Spot("Belfast", "54.59682", "-5.92541", "left")


def test_pins_have_the_numbers_of_the_list():
    drawn = whole_map([WAKEFIELD, BELFAST])
    assert [(pin.number, pin.place.name) for pin in drawn.pins] == [(1, "Wakefield"), (2, "Belfast")]


def test_a_label_is_on_the_side_that_its_city_prefers():
    assert [pin.label_side for pin in whole_map([MANCHESTER, WAKEFIELD]).pins] == ["left", "right"]


def test_a_label_that_would_cover_another_pin_changes_sides():
    salford = Spot("Salford", "53.48", "-2.60", "right")
    (first, _) = whole_map([salford, MANCHESTER]).pins
    assert first.label_side == "left"


def test_a_label_with_no_room_on_either_side_is_left_out():
    crowd = [Spot(f"Longnamedtown {n}", "53.5", f"{-2.2 + n / 100:.2f}") for n in range(6)]
    assert not all(pin.is_labelled for pin in whole_map(crowd).pins)
    assert len(whole_map(crowd).pins) == 6


places = st.lists(
    st.builds(
        Spot,
        name=st.text("abcdefghij", min_size=3, max_size=18),
        latitude=st.decimals("50", "59", places=4).map(str),
        longitude=st.decimals("-7", "1", places=4).map(str),
        label_side=st.sampled_from(["left", "right"]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(places)
def test_no_two_labels_ever_overlap(spots):
    drawn = [pin for pin in whole_map(spots).pins if pin.is_labelled]
    boxes = [pin.label_on(pin.label_side, LABEL_SIZE) for pin in drawn]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_locator_shows_its_city_and_the_neighbours_near_enough():
    names = [pin.place.name for pin in UkMap.inset(MANCHESTER, [WAKEFIELD, BELFAST]).pins]
    assert names == ["Manchester", "Wakefield"]


def test_a_locator_at_the_edge_of_the_map_stays_on_it():
    lerwick = Spot("Lerwick", "60.1545", "-1.1494")
    drawn = UkMap.inset(lerwick, [])
    assert drawn.viewport.top == 0
    assert [pin.place.name for pin in drawn.pins] == ["Lerwick"]


def test_a_locator_leaves_out_a_neighbour_that_would_cover_its_city():
    salford = Spot("Salford", "53.483", "-2.29")
    assert [pin.place.name for pin in UkMap.inset(MANCHESTER, [salford, WAKEFIELD]).pins] == [
        "Manchester",
        "Wakefield",
    ]


def test_no_label_covers_a_cluster():
    cluster = ClusterMark(MapPoint(*whole_map([WAKEFIELD]).pins[0].point), 5, "/cities/")
    leeds = Spot("Leeds", "53.68331", "-2.6")
    disc = Rectangle.around(cluster.point, MIN_SEPARATION / 2)
    (pin,) = whole_map([leeds], [cluster]).pins
    assert not pin.label_on(pin.label_side, LABEL_SIZE).overlaps(disc)
