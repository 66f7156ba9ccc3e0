"""Clusters: cities whose pins would overlap, counted in the bounding box that holds them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from directory.geography.bounding_box import BoundingBox
from directory.geography.coordinates import Position
from directory.geography.projection import MapPoint
from directory.geography.viewport import Viewport

# In map units, at least as large as in the style sheet (a test compares them).
PIN_RADIUS = 13
CLUSTER_RADIUS, RADIUS_PER_DIGIT = 11, 5
# The database first counts the cities in cells of this size, so that any number of cities gives few clusters.
# In much smaller cells every cluster would touch the next, and the whole country become one.
CELL_SIZE = 72
# Map units in a degree of latitude anywhere, and in a degree of longitude in the middle of the map.
UNITS_PER_LATITUDE, UNITS_PER_LONGITUDE = 115, 66


@dataclass(frozen=True)
class Cluster:
    """All cities in a bounding box: their number and mean position."""

    count: int
    bounding_box: BoundingBox
    centre: Position
    any_city_pk: int  # of the only one, if there is only one

    def merged_with(self, other: "Cluster") -> "Cluster":
        """Return the cluster of the cities of both."""
        count = self.count + other.count
        centre = Position(
            (self.centre.latitude * self.count + other.centre.latitude * other.count) / count,
            (self.centre.longitude * self.count + other.centre.longitude * other.count) / count,
        )
        return Cluster(count, self.bounding_box.union(other.bounding_box), centre, self.any_city_pk)


def mark_radius(count: int) -> float:
    """Return the radius of the mark of so many cities, in map units."""
    return PIN_RADIUS if count == 1 else CLUSTER_RADIUS + RADIUS_PER_DIGIT * len(str(count))


def cell_size(viewport: Viewport) -> tuple[float, float]:
    """Return the height and width of a cell in degrees of latitude and longitude, at the viewport's scale."""
    side = CELL_SIZE / viewport.scale
    return side / UNITS_PER_LATITUDE, side / UNITS_PER_LONGITUDE


def merge_overlapping(clusters: Iterable[Cluster], viewport: Viewport) -> dict[Cluster, MapPoint]:
    """Merge clusters until no two marks touch and no two bounding boxes share a place.

    Return the map point of each cluster that is left.
    """
    merged: dict[Cluster, MapPoint] = {}
    for cluster in clusters:
        point = viewport.point(cluster.centre)
        while other := _overlapping(cluster, point, merged):
            del merged[other]
            cluster = other.merged_with(cluster)  # noqa: PLW2901 – it may overlap further clusters now
            point = viewport.point(cluster.centre)
        merged[cluster] = point
    return merged


def _overlapping(cluster: Cluster, point: MapPoint, others: dict[Cluster, MapPoint]) -> Cluster | None:
    for other, other_point in others.items():
        distance = hypot(point.x - other_point.x, point.y - other_point.y)
        least = mark_radius(cluster.count) + mark_radius(other.count)
        if distance < least or cluster.bounding_box.overlaps(other.bounding_box):
            return other
    return None
