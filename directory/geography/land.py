"""Where the land is: how far a point lies from the United Kingdom, and from one of its nations."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from directory.geography.coordinates import Position
from directory.geography.projection import to_grid

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

# Natural Earth 1:10m, public domain, by manage.py build_map: nation to rings of metres on the National Grid.
LAND_FILE = Path(__file__).with_name("land.json")


@cache
def _nations() -> dict[str, "MultiPolygon"]:
    # Shapely brings NumPy: only a process that checks a position should carry them.
    from shapely.geometry import MultiPolygon, Polygon  # noqa: PLC0415

    coasts = json.loads(LAND_FILE.read_text(encoding="utf-8"))
    return {name: MultiPolygon([Polygon(ring) for ring in rings]) for name, rings in coasts.items()}


def metres_from_nation(position: Position, nation: str) -> float:
    """How far the point lies outside a nation's outline, in metres; 0 inside it.

    The outline is coarse: a harbour town can lie a kilometre or two outside it.
    """
    from shapely.geometry import Point  # noqa: PLC0415 – as above

    return _nations()[nation].distance(Point(to_grid(position)))


def nearest_nation(position: Position) -> tuple[str, float]:
    """The nation whose outline is nearest, and how far away it is in metres; 0 inside it."""
    distances = {name: metres_from_nation(position, name) for name in _nations()}
    name = min(distances, key=distances.__getitem__)
    return name, distances[name]
