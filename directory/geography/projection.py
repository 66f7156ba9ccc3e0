"""Projections: from WGS 84 to the British National Grid, and from there to the map."""

from functools import cache
from typing import NamedTuple

from pyproj import Geod, Transformer

from directory.geography.coordinates import Position

# The extent of the map on the grid, in metres, and its height in map units.
WEST, SOUTH, EAST, NORTH = -40_000, -8_000, 700_000, 1_232_000
MAP_HEIGHT = 1280
UNITS_PER_METRE = MAP_HEIGHT / (NORTH - SOUTH)
MAP_WIDTH = round((EAST - WEST) * UNITS_PER_METRE)

_ELLIPSOID = Geod(ellps="WGS84")


class GridPoint(NamedTuple):
    """A point on the British National Grid (EPSG:27700), in metres."""

    easting: float
    northing: float


class MapPoint(NamedTuple):
    """A point on the map: x to the right, y down, in map units, which are those of the SVG's viewBox."""

    x: float
    y: float


@cache
def grid_transformer() -> Transformer:
    """Return the transformer from longitude and latitude (WGS 84) to easting and northing (EPSG:27700)."""
    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


def to_grid(position: Position) -> GridPoint:
    """Project a position to the British National Grid."""
    return GridPoint(*grid_transformer().transform(float(position.longitude), float(position.latitude)))


def to_position(easting: float, northing: float) -> tuple[float, float]:
    """Return the latitude and longitude (WGS 84) of a grid point."""
    longitude, latitude = grid_transformer().transform(easting, northing, direction="INVERSE")
    return latitude, longitude


def grid_to_map(point: GridPoint) -> MapPoint:
    """Scale a grid point to map units, north at the top."""
    return MapPoint((point.easting - WEST) * UNITS_PER_METRE, (NORTH - point.northing) * UNITS_PER_METRE)


def to_map(position: Position) -> MapPoint:
    """Project a position to the map."""
    return grid_to_map(to_grid(position))


def distance_km(start: Position, end: Position) -> float:
    """Return the length of the geodesic between two positions (WGS 84), in kilometres."""
    _, _, metres = _ELLIPSOID.inv(
        float(start.longitude), float(start.latitude), float(end.longitude), float(end.latitude)
    )
    return metres / 1000
