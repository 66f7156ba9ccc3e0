"""The labels of the map: the names of its pins and of the nations, placed so that none covers another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from directory.geography.coordinates import Position
from directory.geography.projection import MapPoint
from directory.geography.viewport import Viewport

# In map units, at least as large as in the style sheet (a test compares them).
LABEL_SIZE = 28
INSET_LABEL_SIZE = 16
NATION_LABEL_SIZE = 20
# As parts of the label size. A character is wider than the typeface's average on purpose, and the gap is
# larger than a pin's radius.
CHARACTER_WIDTH, LINE_HEIGHT, LABEL_GAP = 0.6, 1.3, 0.6
# A longer name has two lines, if it has two words.
MAX_LINE = 14
# Where else a label goes if there is no room on the side that its place prefers.
SIDES = ("right", "left", "below", "above")

# What the map calls each nation, and where its name can be, the best place first.
NATION_LABELS = {
    "Scotland": (("56.9", "-4.5"), ("55.75", "-3.3"), ("55.3", "-3.4")),
    "England": (("51.95", "-0.4"), ("53.15", "-0.6"), ("54.5", "-1.9")),
    "Wales": (("52.2", "-3.75"), ("52.9", "-3.6")),
    "N. Ireland": (("54.3", "-6.7"), ("54.95", "-6.9")),
}


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
        """Return whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: "Rectangle") -> bool:
        """Return whether the two share any area."""
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
class NationLabel(Mark):
    """The name of a nation, and where its middle is."""

    name: str


class LabelRoom:
    """What is still free of a viewport while labels are placed in it."""

    def __init__(self, viewport: Viewport, taken: Iterable[Rectangle]) -> None:
        self._whole = Rectangle(0, 0, viewport.width, viewport.height)
        self._taken = list(taken)

    def take(self, rectangle: Rectangle) -> bool:
        """Take a rectangle if it is wholly inside the viewport and free; return whether it was."""
        is_free = self._whole.contains(rectangle) and not any(map(rectangle.overlaps, self._taken))
        if is_free:
            self._taken.append(rectangle)
        return is_free

    def side_of(self, name: str, point: MapPoint, preferred: str, size: float) -> str:
        """Take room for a name beside a point; return on which side, or an empty string if there is none."""
        sides = dict.fromkeys((preferred, *SIDES))
        return next((side for side in sides if self.take(label_rectangle(name, point, side, size))), "")


def label_lines(name: str) -> list[str]:
    """Return a name as one line, or as two lines of similar length if it is long."""
    spaces = [index for index, character in enumerate(name) if character == " "]
    if len(name) <= MAX_LINE or not spaces:
        return [name]
    middle = min(spaces, key=lambda index: abs(index - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]


def label_rectangle(name: str, point: MapPoint, side: str, size: float) -> Rectangle:
    """Return what a name covers on that side of a point."""
    lines = label_lines(name)
    width, height = max(map(len, lines)) * CHARACTER_WIDTH * size, len(lines) * LINE_HEIGHT * size
    gap = LABEL_GAP * size
    left = {"right": point.x + gap, "left": point.x - gap - width}.get(side, point.x - width / 2)
    top = {"below": point.y + gap, "above": point.y - gap - height}.get(side, point.y - height / 2)
    return Rectangle(left, top, left + width, top + height)


def nation_labels(viewport: Viewport, room: LabelRoom) -> Iterator[NationLabel]:
    """Return the name of each nation that has room for it, with its place."""
    for name, places in NATION_LABELS.items():
        for latitude, longitude in places:
            point = viewport.point(Position(Decimal(latitude), Decimal(longitude)))
            if room.take(_rectangle_at(name, point)):
                yield NationLabel(point, name)
                break


def _rectangle_at(name: str, point: MapPoint) -> Rectangle:
    """Return what the name of a nation covers, with its middle at a point."""
    half_width = len(name) * CHARACTER_WIDTH * NATION_LABEL_SIZE / 2
    half_height = LINE_HEIGHT * NATION_LABEL_SIZE / 2
    return Rectangle(point.x - half_width, point.y - half_height, point.x + half_width, point.y + half_height)
