"""The map as an object that a template renders: pins, clusters, and labels that do not overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Protocol

from directory.geography.clusters import MIN_SEPARATION
from directory.geography.coordinates import Position
from directory.geography.projection import MapPoint
from directory.geography.viewport import Viewport

# In map units, at least as large as in the style sheet (a test compares them).
LABEL_SIZE = 30
INSET_LABEL_SIZE = 16
PIN_RADIUS = 14
# As parts of the label size. A character is wider than the typeface's average on purpose, and the gap is
# larger than a pin's radius.
CHARACTER_WIDTH, LINE_HEIGHT, LABEL_GAP = 0.6, 1.3, 0.6


class Place(Protocol):
    """What the map can show: a city, or a position that is not saved yet."""

    pk: int
    name: str
    slug: str
    label_side: str

    @property
    def position(self) -> Position | None: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in map units, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, point: MapPoint, radius: float) -> "Rectangle":
        """Return the square around a circle."""
        return cls(point.x - radius, point.y - radius, point.x + radius, point.y + radius)

    def contains(self, other: "Rectangle") -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: "Rectangle") -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Mark:
    """What is rendered at a point."""

    point: MapPoint

    @property
    def x(self) -> str:
        """The distance from the left, in whole map units."""
        return f"{self.point.x:.0f}"

    @property
    def y(self) -> str:
        """The distance from the top, in whole map units."""
        return f"{self.point.y:.0f}"


@dataclass(frozen=True)
class Pin(Mark):
    """One place: its number in the list, and the side of its label, if there is room for one."""

    place: Place
    number: int
    label_side: str
    is_labelled: bool = True

    def label_on(self, side: str, size: float) -> Rectangle:
        """Return what the label covers on that side."""
        x, y = self.point
        gap, width = LABEL_GAP * size, len(self.place.name) * CHARACTER_WIDTH * size
        left = x + gap if side == "right" else x - gap - width
        return Rectangle(left, y - LINE_HEIGHT * size / 2, left + width, y + LINE_HEIGHT * size / 2)


@dataclass(frozen=True)
class ClusterMark(Mark):
    """Several places, and the URL that zooms in on them; empty if zooming in cannot separate them."""

    count: int
    url: str


@dataclass(frozen=True)
class UkMap:
    """A viewport, and the marks in it."""

    viewport: Viewport
    pins: Sequence[Pin]
    clusters: Sequence[ClusterMark] = ()

    @classmethod
    def of(
        cls, numbered: Iterable[tuple[int, Place]], clusters: Sequence[ClusterMark], viewport: Viewport
    ) -> "UkMap":
        """Return a map with a pin for each place, with its number in the list, and with the clusters."""
        taken = [Rectangle.around(mark.point, MIN_SEPARATION / 2) for mark in clusters]
        return cls(viewport, _labelled(_pins(numbered, viewport), LABEL_SIZE, viewport, taken), clusters)

    @classmethod
    def inset(cls, place: Place, neighbours: Iterable[Place]) -> "UkMap":
        """Return an inset map around a place, with the neighbours whose pins have room."""
        if place.position is None:
            return cls(Viewport(), [])
        viewport = Viewport.inset(place.position)
        pins: list[Pin] = []
        for pin in _pins(enumerate([place, *neighbours], 1), viewport):
            if _has_room(pin, pins, viewport):
                pins.append(pin)
        return cls(viewport, _labelled(pins, INSET_LABEL_SIZE, viewport, []))


def _pins(numbered: Iterable[tuple[int, Place]], viewport: Viewport) -> list[Pin]:
    return [
        Pin(viewport.point(place.position), place, number, place.label_side)
        for number, place in numbered
        if place.position is not None
    ]


def _pin_radius(label_size: float) -> float:
    return PIN_RADIUS * label_size / LABEL_SIZE


def _has_room(pin: Pin, others: Iterable[Pin], viewport: Viewport) -> bool:
    """Whether an inset map can show the whole pin without covering one of the others."""
    radius = _pin_radius(INSET_LABEL_SIZE)
    distances = (hypot(pin.point.x - other.point.x, pin.point.y - other.point.y) for other in others)
    is_inside = Rectangle(0, 0, viewport.width, viewport.height).contains(Rectangle.around(pin.point, radius))
    return is_inside and all(distance >= 2 * radius for distance in distances)


def _labelled(pins: list[Pin], size: float, viewport: Viewport, taken: list[Rectangle]) -> list[Pin]:
    """Put each label on the side that its place asks for, else on the other side, else leave it out."""
    whole = Rectangle(0, 0, viewport.width, viewport.height)
    covered = [Rectangle.around(pin.point, _pin_radius(size)) for pin in pins] + taken
    placed = []
    for pin in pins:
        for side in (pin.label_side, "left" if pin.label_side == "right" else "right"):
            label = pin.label_on(side, size)
            if whole.contains(label) and not any(label.overlaps(other) for other in covered):
                covered.append(label)
                placed.append(replace(pin, label_side=side))
                break
        else:
            placed.append(replace(pin, is_labelled=False))
    return placed
