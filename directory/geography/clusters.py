"""Places too near each other for a pin each are drawn as one cluster, which knows its area and how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import hypot

from directory.geography.bounding_box import BoundingBox
from directory.geography.coordinates import Position
from directory.geography.projection import MapPoint
from directory.geography.viewport import Viewport

# In the drawing's units. Nearer than this, the largest pins that the style sheet draws would overlap.
SEPARATION = 54
# Places are first gathered in cells of this size, so that however many there are, the drawing has few marks.
# Much smaller ones would each touch the next, and all the country become one cluster.
CELL = 72
# The drawing's units that a degree takes on the map: of latitude anywhere, of longitude in its middle.
UNITS_PER_LATITUDE, UNITS_PER_LONGITUDE = 115, 66


@dataclass(frozen=True)
class Cluster:
    """Some places: all that there are in an area, and the middle of them."""

    count: int
    area: BoundingBox
    middle: Position
    place: int  # the key of one of them: of the only one, where there is only one

    def joined_with(self, other: "Cluster") -> "Cluster":
        """The two as one."""
        count = self.count + other.count
        middle = Position(
            (self.middle.latitude * self.count + other.middle.latitude * other.count) / count,
            (self.middle.longitude * self.count + other.middle.longitude * other.count) / count,
        )
        return Cluster(count, self.area.joined_with(other.area), middle, self.place)


def cell_size(viewport: Viewport) -> tuple[float, float]:
    """Height and width of a cell in degrees of latitude and longitude, at the viewport's scale."""
    side = CELL / viewport.scale
    return side / UNITS_PER_LATITUDE, side / UNITS_PER_LONGITUDE


def apart(clusters: Iterable[Cluster], viewport: Viewport) -> dict[Cluster, MapPoint]:
    """Join what would overlap, until no two marks touch and no two areas share a place; where each stands."""
    drawn = {cluster: viewport.point(cluster.middle) for cluster in clusters}
    while pair := next((pair for pair in combinations(drawn.items(), 2) if _overlap(*pair)), None):
        (one, _), (other, _) = pair
        del drawn[one], drawn[other]
        joined = one.joined_with(other)
        drawn[joined] = viewport.point(joined.middle)
    return drawn


def _overlap(one: tuple[Cluster, MapPoint], other: tuple[Cluster, MapPoint]) -> bool:
    (cluster, point), (cluster2, point2) = one, other
    distance = hypot(point.x - point2.x, point.y - point2.y)
    return distance < SEPARATION or cluster.area.overlaps(cluster2.area)
