"""The map as an object that a template can draw: pins, labels clear of each other, and a window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from directory.geography.coordinates import Position
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH, MapPoint, to_map

# In the drawing's units: the largest size that the style sheet gives a name on the whole map.
LABEL_SIZE = 30
# As parts of that size; a character is wider than the typeface's average on purpose.
CHARACTER_WIDTH, LINE_HEIGHT, LABEL_GAP = 0.6, 1.3, 0.6
PIN_RADIUS = 14

# The part of the map that a city's own page shows, about 380 km by 290 km.
LOCATOR_WIDTH, LOCATOR_HEIGHT = 390, 300
LOCATOR_LABEL_SIZE = 16


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
class Pin:
    """A place on the map: its number in the list, and on which side its name stands, if there is room."""

    number: int
    place: Place
    point: MapPoint
    label_side: str
    is_labelled: bool = True

    @property
    def x(self) -> str:
        """Across, in the drawing's units."""
        return f"{self.point.x:.0f}"

    @property
    def y(self) -> str:
        """Down, in the drawing's units."""
        return f"{self.point.y:.0f}"

    def box(self, label_size: float) -> Box:
        """What the pin itself covers, where labels have that size."""
        (x, y), radius = self.point, PIN_RADIUS * label_size / LABEL_SIZE
        return Box(x - radius, y - radius, x + radius, y + radius)

    def label_box(self, side: str, size: float) -> Box:
        """What the name covers on that side."""
        x, y = self.point
        gap, width = LABEL_GAP * size, len(self.place.name) * CHARACTER_WIDTH * size
        left = x + gap if side == "right" else x - gap - width
        return Box(left, y - LINE_HEIGHT * size / 2, left + width, y + LINE_HEIGHT * size / 2)


@dataclass(frozen=True)
class UkMap:
    """A window on the map and the pins in it."""

    pins: Sequence[Pin]
    left: float = 0
    top: float = 0
    width: float = MAP_WIDTH
    height: float = MAP_HEIGHT

    @classmethod
    def of(cls, places: Iterable[Place]) -> "UkMap":
        """The whole map with a pin for each place, numbered in their order."""
        return cls(_labelled(_pins(places), LABEL_SIZE, Box(0, 0, MAP_WIDTH, MAP_HEIGHT)))

    @classmethod
    def around(cls, place: Place, neighbours: Iterable[Place]) -> "UkMap":
        """The part of the map round one place, which comes first, with those neighbours that lie in it."""
        if place.position is None:
            return cls([])
        centre = to_map(place.position)
        left = _clamp(centre.x - LOCATOR_WIDTH / 2, MAP_WIDTH - LOCATOR_WIDTH)
        top = _clamp(centre.y - LOCATOR_HEIGHT / 2, MAP_HEIGHT - LOCATOR_HEIGHT)
        window = Box(left, top, left + LOCATOR_WIDTH, top + LOCATOR_HEIGHT)
        pins = [pin for pin in _pins([place, *neighbours]) if window.contains(pin.box(LOCATOR_LABEL_SIZE))]
        return cls(_labelled(pins, LOCATOR_LABEL_SIZE, window), left, top, LOCATOR_WIDTH, LOCATOR_HEIGHT)

    @property
    def view_box(self) -> str:
        """The window, as an SVG's viewBox."""
        return f"{self.left:.0f} {self.top:.0f} {self.width:.0f} {self.height:.0f}"


def _pins(places: Iterable[Place]) -> list[Pin]:
    return [
        Pin(number, place, to_map(place.position), place.label_side)
        for number, place in enumerate(places, 1)
        if place.position is not None
    ]


def _clamp(value: float, highest: float) -> float:
    return min(max(value, 0), highest)


def _labelled(pins: list[Pin], size: float, window: Box) -> list[Pin]:
    """Put each name on the side it asks for, else on the other, else leave it out: the list has it."""
    taken = [pin.box(size) for pin in pins]
    placed = []
    for own, pin in enumerate(pins):
        others = taken[:own] + taken[own + 1 :]
        for side in (pin.label_side, "left" if pin.label_side == "right" else "right"):
            box = pin.label_box(side, size)
            if window.contains(box) and not any(box.overlaps(other) for other in others):
                taken.append(box)
                placed.append(Pin(pin.number, pin.place, pin.point, side))
                break
        else:
            placed.append(Pin(pin.number, pin.place, pin.point, pin.label_side, is_labelled=False))
    return placed
