"""The map as an object that a template renders: pins, clusters, and labels that do not overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Protocol

from directory.geography.clusters import PIN_RADIUS, mark_radius
from directory.geography.coordinates import Position
from directory.geography.labels import (
    INSET_LABEL_SIZE,
    LABEL_SIZE,
    LabelRoom,
    Mark,
    NationLabel,
    Rectangle,
    label_lines,
    nation_labels,
)
from directory.geography.projection import MapPoint
from directory.geography.viewport import Viewport

INSET_PIN_RADIUS = 7.5


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
class Pin(Mark):
    """One place, the side of its label (empty if there is no room), and whether it is outside the filter."""

    place: Place
    label_side: str = ""
    is_outside: bool = False

    @property
    def label_lines(self) -> list[str]:
        """Return the lines of its label."""
        return label_lines(self.place.name)


@dataclass(frozen=True)
class ClusterMark(Mark):
    """Several places, and the URL that zooms in on them; empty if zooming in cannot separate them."""

    count: int
    url: str

    @property
    def radius(self) -> float:
        """Return the radius of its disc, in map units."""
        return mark_radius(self.count)


@dataclass(frozen=True)
class UkMap:
    """A viewport, and the marks and names in it."""

    viewport: Viewport
    pins: Sequence[Pin]
    clusters: Sequence[ClusterMark] = ()
    nations: Sequence[NationLabel] = ()

    @classmethod
    def of(
        cls,
        places: Iterable[Place],
        clusters: Sequence[ClusterMark],
        viewport: Viewport,
        outside: Iterable[Place] = (),
    ) -> "UkMap":
        """Return a map with a pin for each place, the clusters, and hollow pins for places outside.

        A hollow pin is left out if it is not inside the viewport, or would touch another mark.
        """
        pins = _pins(places, viewport)
        discs = [(mark.point, mark_radius(mark.count)) for mark in clusters]
        for pin in _pins(outside, viewport):
            if _has_room(pin, pins, viewport, PIN_RADIUS, discs):
                pins.append(replace(pin, is_outside=True))
        taken = [Rectangle.around(point, radius) for point, radius in discs]
        taken += [Rectangle.around(pin.point, PIN_RADIUS) for pin in pins]
        room = LabelRoom(viewport, taken)
        labelled = _labelled(pins, LABEL_SIZE, room)
        return cls(viewport, labelled, clusters, list(nation_labels(viewport, room)))

    @classmethod
    def inset(cls, place: Place, neighbours: Iterable[Place]) -> "UkMap":
        """Return an inset map around a place, with the neighbours whose pins have room."""
        if place.position is None:
            return cls(Viewport(), [])
        viewport = Viewport.inset(place.position)
        pins: list[Pin] = []
        for pin in _pins([place, *neighbours], viewport):
            if _has_room(pin, pins, viewport, INSET_PIN_RADIUS):
                pins.append(pin)
        room = LabelRoom(viewport, [Rectangle.around(pin.point, INSET_PIN_RADIUS) for pin in pins])
        return cls(viewport, _labelled(pins, INSET_LABEL_SIZE, room))


def _pins(places: Iterable[Place], viewport: Viewport) -> list[Pin]:
    return [Pin(viewport.point(place.position), place) for place in places if place.position is not None]


def _has_room(
    pin: Pin,
    others: Iterable[Pin],
    viewport: Viewport,
    radius: float,
    discs: Iterable[tuple[MapPoint, float]] = (),
) -> bool:
    """Return whether the viewport can show the whole pin without covering one of the others."""
    circles = [*discs, *((other.point, radius) for other in others)]
    is_inside = Rectangle(0, 0, viewport.width, viewport.height).contains(Rectangle.around(pin.point, radius))
    return is_inside and all(
        hypot(pin.point.x - point.x, pin.point.y - point.y) >= radius + other for point, other in circles
    )


def _labelled(pins: list[Pin], size: float, room: LabelRoom) -> list[Pin]:
    return [
        replace(pin, label_side=room.side_of(pin.place.name, pin.point, pin.place.label_side, size))
        for pin in pins
    ]
