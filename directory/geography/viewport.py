"""The part of the map that a drawing shows, and at which scale."""

from dataclasses import dataclass

from directory.geography.bounding_box import BoundingBox
from directory.geography.coordinates import Position
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH, MapPoint, to_map

# No nearer than this part of the map's width, about 90 km: the outline shows nothing finer.
SMALLEST_PART = 1 / 8
# Round the places of an area, as a part of the drawing.
MARGIN = 0.1

# The part of the map that a city's own page shows, about 380 km by 290 km, at the map's own scale.
INSET_WIDTH, INSET_HEIGHT = 390, 300


@dataclass(frozen=True)
class Viewport:
    """A rectangle of the map, its upper left corner in the map's units, drawn `scale` times as large."""

    left: float = 0
    top: float = 0
    width: float = MAP_WIDTH
    height: float = MAP_HEIGHT
    scale: float = 1

    @classmethod
    def on(cls, area: BoundingBox | None) -> "Viewport":
        """As much of the map as an area needs, in the shape of the whole; all of it for no area."""
        if area is None:
            return cls()
        corners = [to_map(Position(y, x)) for y in (area.south, area.north) for x in (area.west, area.east)]
        left, right = min(point.x for point in corners), max(point.x for point in corners)
        top, bottom = min(point.y for point in corners), max(point.y for point in corners)
        needed = max((right - left) / MAP_WIDTH, (bottom - top) / MAP_HEIGHT) / (1 - 2 * MARGIN)
        part = min(max(needed, SMALLEST_PART), 1)
        return cls._centred((left + right) / 2, (top + bottom) / 2, MAP_WIDTH, MAP_HEIGHT, 1 / part)

    @classmethod
    def round(cls, position: Position) -> "Viewport":
        """The surroundings of one place."""
        return cls._centred(*to_map(position), INSET_WIDTH, INSET_HEIGHT, 1)

    @classmethod
    def _centred(cls, x: float, y: float, width: float, height: float, scale: float) -> "Viewport":
        """On that point of the map, but for what would show more than the map."""
        left = _clamp(x - width / scale / 2, MAP_WIDTH - width / scale)
        top = _clamp(y - height / scale / 2, MAP_HEIGHT - height / scale)
        return cls(left, top, width, height, scale)

    def point(self, position: Position) -> MapPoint:
        """Where a position is drawn."""
        x, y = to_map(position)
        return MapPoint((x - self.left) * self.scale, (y - self.top) * self.scale)

    @property
    def view_box(self) -> str:
        """The drawing's size, as an SVG's viewBox."""
        return f"0 0 {self.width:.0f} {self.height:.0f}"

    @property
    def transform(self) -> str:
        """How the sheet is moved under the viewport, as an SVG's transform; empty if it is not."""
        if self == Viewport():
            return ""
        return f"scale({self.scale:.3f}) translate({-self.left:.1f} {-self.top:.1f})"


def _clamp(value: float, highest: float) -> float:
    return min(max(value, 0), highest)
