from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import mark_radius
from directory.geography.coordinates import Position
from directory.geography.labels import LABEL_SIZE, Rectangle, label_lines, label_rectangle
from directory.geography.projection import MapPoint
from directory.geography.uk_map import ClusterMark, UkMap
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
        if not self.latitude:
            return None
        return Position(Decimal(self.latitude), Decimal(self.longitude))

    def get_absolute_url(self):
        return f"/cities/{self.slug}/"


def whole_map(spots, clusters=(), outside=()):
    return UkMap.of(spots, clusters, Viewport(), outside)


def label_of(pin):
    return label_rectangle(pin.place.name, pin.point, pin.label_side, LABEL_SIZE)


MANCHESTER = Spot("Manchester", "53.48095", "-2.23743", "left")
WAKEFIELD = Spot("Wakefield", "53.68331", "-1.49768")
BELFAST = Spot("Belfast", "54.59682", "-5.92541", "left")


def test_a_label_is_on_the_side_that_its_city_prefers():
    assert [pin.label_side for pin in whole_map([MANCHESTER, WAKEFIELD]).pins] == ["left", "right"]


def test_a_label_that_would_cover_another_pin_changes_sides():
    salford = Spot("Salford", "53.48", "-2.60", "right")
    (first, _) = whole_map([salford, MANCHESTER]).pins
    assert first.label_side == "left"


def test_a_label_with_no_room_on_any_side_is_left_out():
    crowd = [Spot(f"Longnamedtown {n}", "53.5", f"{-2.2 + n / 100:.2f}") for n in range(8)]
    assert not all(pin.label_side for pin in whole_map(crowd).pins)
    assert len(whole_map(crowd).pins) == 8


def test_a_label_is_moved_to_the_right_when_there_is_no_room_on_the_left():
    trafford = Spot("Trafford", "53.48", "-2.60", "right")
    (_, second) = whole_map([trafford, MANCHESTER]).pins
    assert second.label_side == "right"


def test_a_label_goes_below_its_pin_if_there_is_no_room_beside_it():
    west, east = Spot("West", "53.55", "-3.1"), Spot("East", "53.55", "-1.3")
    (_, _, pin) = whole_map([west, east, Spot("Middletown", "53.5", "-2.2")]).pins
    assert pin.label_side == "below"


@pytest.mark.parametrize(
    ("side", "covered"),
    [
        ("right", (106, 93.5, 160, 106.5)),
        ("left", (40, 93.5, 94, 106.5)),
        ("below", (73, 106, 127, 119)),
        ("above", (73, 81, 127, 94)),
    ],
)
def test_a_label_covers_its_characters_beside_the_pin(side, covered):
    label = label_rectangle("Wakefield", MapPoint(100, 100), side, size=10)
    assert (label.left, label.top, label.right, label.bottom) == pytest.approx(covered)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Wolverhampton", ["Wolverhampton"]),
        ("Derry City and Strabane", ["Derry City", "and Strabane"]),
        ("Llanfairpwllgwyngyll", ["Llanfairpwllgwyngyll"]),
    ],
)
def test_a_long_name_has_two_lines_if_it_has_two_words(name, lines):
    assert label_lines(name) == lines


def test_a_label_of_two_lines_is_as_high_as_both_and_as_wide_as_the_longer():
    label = label_rectangle("Derry City and Strabane", MapPoint(100, 100), "below", size=10)
    assert (label.left, label.top, label.right, label.bottom) == pytest.approx((64, 106, 136, 132))


def test_a_cluster_is_larger_the_more_digits_its_number_has():
    radii = [ClusterMark(MapPoint(0, 0), count, "").radius for count in (2, 10, 100)]
    assert radii == [16, 21, 26]


def test_the_square_around_a_pin_reaches_its_radius_to_each_side():
    assert Rectangle.around(MapPoint(10, 20), 3) == Rectangle(7, 17, 13, 23)


@pytest.mark.parametrize("make", [whole_map, lambda spots: UkMap.inset(WAKEFIELD, spots)])
def test_a_place_without_a_position_has_no_pin(make):
    nowhere = Spot("Nowhere", "", "")
    assert "Nowhere" not in [pin.place.name for pin in make([nowhere, BELFAST]).pins]


def test_a_locator_of_a_place_without_a_position_is_empty():
    assert UkMap.inset(Spot("Nowhere", "", ""), [WAKEFIELD]).pins == []


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
    boxes = [label_of(pin) for pin in whole_map(spots).pins if pin.label_side]
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


@pytest.mark.parametrize(("latitude", "is_shown"), [("53.60095", False), ("53.61595", True)])
def test_a_neighbour_is_shown_if_the_two_pins_do_not_touch(latitude, is_shown):
    # Pins have a radius of 7.5 on the inset map: the first latitude is 13.8 units away, the second 15.5.
    neighbour = Spot("Near", latitude, "-2.23743")
    assert (len(UkMap.inset(MANCHESTER, [neighbour]).pins) == 2) is is_shown


@pytest.mark.parametrize(("room", "side"), [(1, "right"), (-1, "left")])
def test_a_label_changes_sides_where_it_would_touch_a_cluster(room, side):
    (alone,) = whole_map([WAKEFIELD]).pins
    beside = MapPoint(label_of(alone).right + mark_radius(5) + room, alone.point.y)
    (pin,) = whole_map([WAKEFIELD], [ClusterMark(beside, 5, "/cities/")]).pins
    assert pin.label_side == side


def test_no_label_covers_a_cluster():
    cluster = ClusterMark(MapPoint(*whole_map([WAKEFIELD]).pins[0].point), 5, "/cities/")
    leeds = Spot("Leeds", "53.68331", "-2.6")
    disc = Rectangle.around(cluster.point, mark_radius(5))
    (pin,) = whole_map([leeds], [cluster]).pins
    assert not label_of(pin).overlaps(disc)


def test_places_outside_the_filter_have_hollow_pins_after_the_others():
    drawn = whole_map([WAKEFIELD], outside=[BELFAST])
    assert [(pin.place.name, pin.is_outside) for pin in drawn.pins] == [
        ("Wakefield", False),
        ("Belfast", True),
    ]


def test_a_place_outside_the_filter_that_would_touch_another_mark_is_left_out():
    near = Spot("Near", "53.70", "-1.49768")
    assert [pin.place.name for pin in whole_map([WAKEFIELD], outside=[near]).pins] == ["Wakefield"]
    cluster = ClusterMark(whole_map([near]).pins[0].point, 5, "/cities/")
    assert list(whole_map([], [cluster], outside=[WAKEFIELD]).pins) == []


def test_each_nation_has_its_name_on_the_map():
    names = [nation.name for nation in whole_map([]).nations]
    assert names == ["Scotland", "England", "Wales", "N. Ireland"]


def test_a_nation_whose_places_are_all_taken_has_no_name():
    powys = [Spot(f"Powys {n}", f"{52.2 + n * 0.35}", "-3.7") for n in range(3)]
    assert "Wales" not in [nation.name for nation in whole_map(powys).nations]


def test_a_nation_outside_the_viewport_has_no_name():
    south = Viewport.fit(BoundingBox.parse("50.7,-2,51.5,-0.1"))
    assert [nation.name for nation in UkMap.of([], [], south).nations] in (["England"], [])
