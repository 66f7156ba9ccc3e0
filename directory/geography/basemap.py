"""The basemap and the land, from the first-level divisions of Natural Earth.

Only `manage.py build_map` runs this; the site reads the two files that it wrote.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from directory.geography import projection
from directory.geography.projection import GridPoint, grid_to_map, grid_transformer

# Natural Earth's codes: the four nations, and the two neighbours shown for context.
NATIONS = {"ENG": "england", "SCT": "scotland", "WLS": "wales", "NIR": "northern-ireland"}
NEIGHBOURS = {"IRL": "ireland", "IMN": "isle-of-man"}
BORDERS = (("ENG", "SCT"), ("ENG", "WLS"), ("NIR", "IRL"))

BASEMAP_TOLERANCE_M = 1_500  # the largest that nobody can see at the size of the map
LAND_TOLERANCE_M = 250  # far below the 5 km that a position may lie from land
MIN_ISLAND_M2 = 1_000_000
MIN_HOLE_M2 = 50_000_000  # smaller ones are slivers left by joining counties

Shapes = dict[str, MultiPolygon]


def join_counties(features: Iterable[dict]) -> Shapes:
    """Dissolve first-level divisions (GeoJSON, WGS 84) into a shape for each country, on the grid."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in features:
        properties = feature["properties"]
        for code in (properties.get("gu_a3"), properties.get("adm0_a3")):
            if code in NATIONS | NEIGHBOURS:
                parts[code].append(_project(shape(feature["geometry"])))
                break
    return {code: _dissolve(counties) for code, counties in parts.items()}


def _project(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(
        geometry, lambda points: np.column_stack(grid_transformer().transform(*points.T))
    )


def _dissolve(counties: list[BaseGeometry]) -> MultiPolygon:
    joined = shapely.union_all(counties, grid_size=1)
    return MultiPolygon(
        [
            Polygon(part.exterior, [h for h in part.interiors if Polygon(h).area > MIN_HOLE_M2])
            for part in polygons(joined)
        ]
    )


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a shape, largest first."""
    parts = getattr(geometry, "geoms", [geometry])
    return sorted((p for p in parts if isinstance(p, Polygon)), key=lambda p: -p.area)


def simplify(shapes: Shapes, tolerance_m: float) -> Shapes:
    """Simplify all shapes together, so that neighbours keep one border; drop the smallest islands."""
    simplified = shapely.coverage_simplify(list(shapes.values()), tolerance_m)
    return {
        code: MultiPolygon([p for p in polygons(geometry) if p.area >= MIN_ISLAND_M2])
        for code, geometry in zip(shapes, simplified, strict=True)
    }


def land(shapes: Shapes) -> dict[str, list[list[list[int]]]]:
    """Return each nation's coast as rings of whole metres on the National Grid."""
    simplified = simplify(shapes, LAND_TOLERANCE_M)
    return {
        name: [[[round(x), round(y)] for x, y in p.exterior.coords] for p in polygons(simplified[code])]
        for code, name in NATIONS.items()
    }


def svg_paths(shapes: Shapes) -> dict[str, str]:
    """Return the SVG paths of the countries, the borders and the graticule, in whole map units."""
    simplified: dict[str, BaseGeometry] = {**simplify(shapes, BASEMAP_TOLERANCE_M)}
    viewport = box(projection.WEST, projection.SOUTH, projection.EAST, projection.NORTH)
    simplified["IRL"] = shapely.intersection(simplified["IRL"], viewport)
    paths = {
        name: "".join(_ring(ring) for polygon in polygons(simplified[code]) for ring in _rings(polygon))
        for code, name in (NATIONS | NEIGHBOURS).items()
    }
    borders = (
        shapely.intersection(simplified[one].boundary, simplified[other].boundary) for one, other in BORDERS
    )
    return paths | {
        "borders": "".join(_line(line) for border in borders for line in _lines(border)),
        "graticule": "".join(_line(line) for line in _lines(shapely.intersection(_graticule(), viewport))),
    }


def _graticule() -> BaseGeometry:
    """Return every second parallel and meridian around the United Kingdom, on the National Grid."""
    parallels = [[(x, y) for x in range(-13, 8)] for y in range(48, 64, 2)]
    meridians = [[(x, y) for y in range(48, 64)] for x in range(-12, 8, 2)]
    return _project(MultiLineString(parallels + meridians))


def _rings(polygon: Polygon) -> Iterator[BaseGeometry]:
    yield polygon.exterior
    yield from polygon.interiors


def _lines(border: BaseGeometry) -> list[BaseGeometry]:
    segments = [g for g in getattr(border, "geoms", [border]) if g.geom_type == "LineString"]
    merged = shapely.line_merge(MultiLineString(segments))
    return list(getattr(merged, "geoms", [merged]))


def _ring(ring: BaseGeometry) -> str:
    points = _units(ring)[:-1]
    return _path(points) + "z" if len(points) > 2 else ""  # noqa: PLR2004 – two points enclose nothing


def _line(line: BaseGeometry) -> str:
    return _path(_units(line))


def _units(line: BaseGeometry) -> list[tuple[int, int]]:
    placed = (grid_to_map(GridPoint(x, y)) for x, y in line.coords)
    rounded = ((round(point.x), round(point.y)) for point in placed)
    return [point for point, _ in itertools.groupby(rounded)]


def _path(points: list[tuple[int, int]]) -> str:
    """Return an SVG path: one absolute move, then relative lines, which are the shortest."""
    (x, y), *_ = points
    steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(points))
    return f"M{x} {y}l" + " ".join(steps).replace(" -", "-")
