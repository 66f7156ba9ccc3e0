"""The map as an object that a template can draw: pins, clusters, and labels clear of each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Protocol

from directory.geography.clusters import SEPARATION
from directory.geography.coordinates import Position
from directory.geography.projection import MapPoint
from directory.geography.viewport import Viewport

# In the drawing's units: the largest size that the style sheet gives a name on the whole map.
LABEL_SIZE = 30
INSET_LABEL_SIZE = 16
# As parts of that size; a character is wider than the typeface's average on purpose.
CHARACTER_WIDTH, LINE_HEIGHT, LABEL_GAP = 0.6, 1.3, 0.6
PIN_RADIUS = 14


class Place(Protocol):
    """What the map needs to know of what it shows."""

    pk: int
    name: str
    slug: str
    label_side: str

    @property
    def position(self) -> Position | None: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Box:
    """A rectangle on the map."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def round(cls, point: MapPoint, radius: float) -> "Box":
        """What a disc covers."""
        return cls(point.x - radius, point.y - radius, point.x + radius, point.y + radius)

    def contains(self, other: "Box") -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Mark:
    """What is drawn at a point."""

    point: MapPoint

    @property
    def x(self) -> str:
        """Across, in the drawing's units."""
        return f"{self.point.x:.0f}"

    @property
    def y(self) -> str:
        """Down, in the drawing's units."""
        return f"{self.point.y:.0f}"


@dataclass(frozen=True)
class Pin(Mark):
    """One place: its number in the list, and on which side its name stands, if there is room."""

    place: Place
    number: int
    label_side: str
    is_labelled: bool = True

    def label_box(self, side: str, size: float) -> Box:
        """What the name covers on that side."""
        x, y = self.point
        gap, width = LABEL_GAP * size, len(self.place.name) * CHARACTER_WIDTH * size
        left = x + gap if side == "right" else x - gap - width
        return Box(left, y - LINE_HEIGHT * size / 2, left + width, y + LINE_HEIGHT * size / 2)


@dataclass(frozen=True)
class ClusterMark(Mark):
    """Several places, and where to see them apart; no address where they cannot be."""

    count: int
    address: str


@dataclass(frozen=True)
class UkMap:
    """A viewport on the map, and what is drawn in it."""

    viewport: Viewport
    pins: Sequence[Pin]
    clusters: Sequence[ClusterMark] = ()

    @classmethod
    def of(
        cls, numbered: Iterable[tuple[int, Place]], clusters: Sequence[ClusterMark], viewport: Viewport
    ) -> "UkMap":
        """A pin for each place, with its number in the list, and a mark for each cluster."""
        taken = [Box.round(mark.point, SEPARATION / 2) for mark in clusters]
        return cls(viewport, _labelled(_pins(numbered, viewport), LABEL_SIZE, viewport, taken), clusters)

    @classmethod
    def around(cls, place: Place, neighbours: Iterable[Place]) -> "UkMap":
        """The part of the map round one place, which comes first, with those neighbours that have room."""
        if place.position is None:
            return cls(Viewport(), [])
        viewport = Viewport.round(place.position)
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
    """Whether a locator can show the pin: wholly, and clear of those that it shows already."""
    radius = _pin_radius(INSET_LABEL_SIZE)
    distances = (hypot(pin.point.x - other.point.x, pin.point.y - other.point.y) for other in others)
    is_inside = Box(0, 0, viewport.width, viewport.height).contains(Box.round(pin.point, radius))
    return is_inside and all(distance >= 2 * radius for distance in distances)


def _labelled(pins: list[Pin], size: float, viewport: Viewport, taken: list[Box]) -> list[Pin]:
    """Put each name on the side it asks for, else on the other, else leave it out: the list has it."""
    whole = Box(0, 0, viewport.width, viewport.height)
    covered = [Box.round(pin.point, _pin_radius(size)) for pin in pins] + taken
    placed = []
    for own, pin in enumerate(pins):
        others = covered[:own] + covered[own + 1 :]
        for side in (pin.label_side, "left" if pin.label_side == "right" else "right"):
            box = pin.label_box(side, size)
            if whole.contains(box) and not any(box.overlaps(other) for other in others):
                covered.append(box)
                placed.append(replace(pin, label_side=side))
                break
        else:
            placed.append(replace(pin, is_labelled=False))
    return placed
