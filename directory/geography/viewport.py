"""Viewports: the part of the map that is shown, and at which scale."""

from dataclasses import dataclass

from directory.geography.bounding_box import BoundingBox
from directory.geography.coordinates import Position
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH, MapPoint, to_map

# The frame in which the directory shows its cities, in map units: nearly square.
FRAME_WIDTH, FRAME_HEIGHT = 640, 680
# Around a bounding box on each side, as a part of the frame.
MARGIN = 0.12
# The frame of all cities shows at least so many map units of the country from side to side (about 580 km).
LEAST_OF_COUNTRY = 600
# The largest scale shows about 80 km from side to side: the basemap has no finer detail.
MAX_SCALE = 8
# At a smaller scale, most of the frame would be sea: the whole map is shown instead, in its own shape.
MIN_SCALE = 0.72

# The inset map of a city's page, in map units: about 380 km by 245 km.
INSET_WIDTH, INSET_HEIGHT = 390, 254


@dataclass(frozen=True)
class Viewport:
    """A rectangle of the map: its upper left corner in map units, its size on the page, and its scale."""

    left: float = 0
    top: float = 0
    width: float = MAP_WIDTH
    height: float = MAP_HEIGHT
    scale: float = 1

    @classmethod
    def fit(cls, box: BoundingBox, *, max_scale: float = MAX_SCALE) -> "Viewport":
        """Return the frame around a bounding box, or the whole map if the box is too large for the frame."""
        corners = [to_map(Position(y, x)) for y in (box.south, box.north) for x in (box.west, box.east)]
        left, right = min(point.x for point in corners), max(point.x for point in corners)
        top, bottom = min(point.y for point in corners), max(point.y for point in corners)
        needed = max((right - left) / FRAME_WIDTH, (bottom - top) / FRAME_HEIGHT) / (1 - 2 * MARGIN)
        scale = 1 / max(needed, 1 / max_scale)
        if scale < MIN_SCALE:
            return cls()
        return cls._centred_on((left + right) / 2, (top + bottom) / 2, FRAME_WIDTH, FRAME_HEIGHT, scale)

    @classmethod
    def fit_all(cls, box: BoundingBox | None) -> "Viewport":
        """Return the frame for the bounding box of all cities; the whole map if there are none."""
        return cls.fit(box, max_scale=FRAME_WIDTH / LEAST_OF_COUNTRY) if box else cls()

    @classmethod
    def inset(cls, position: Position) -> "Viewport":
        """Return the viewport of an inset map around a position."""
        return cls._centred_on(*to_map(position), INSET_WIDTH, INSET_HEIGHT, 1)

    @classmethod
    def _centred_on(cls, x: float, y: float, width: float, height: float, scale: float) -> "Viewport":
        """Return a viewport with that point in the middle, moved where it would show more than the map."""
        left = _clamp(x - width / scale / 2, MAP_WIDTH - width / scale)
        top = _clamp(y - height / scale / 2, MAP_HEIGHT - height / scale)
        return cls(left, top, width, height, scale)

    def point(self, position: Position) -> MapPoint:
        """Return where a position is rendered."""
        x, y = to_map(position)
        return MapPoint((x - self.left) * self.scale, (y - self.top) * self.scale)

    @property
    def view_box(self) -> str:
        """The size, as the viewBox attribute of an SVG."""
        return f"0 0 {self.width:.0f} {self.height:.0f}"

    @property
    def transform(self) -> str:
        """What moves the basemap under the viewport, as the transform attribute of an SVG; may be empty."""
        if self == Viewport():
            return ""
        return f"scale({self.scale:.3f}) translate({-self.left:.1f} {-self.top:.1f})"


def _clamp(value: float, highest: float) -> float:
    return max(min(value, highest), 0)
