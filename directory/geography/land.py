"""How far a point lies from the land of the United Kingdom, and from one of its nations."""

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
def nations() -> dict[str, "MultiPolygon"]:
    """Return the land of each nation, on the National Grid."""
    # Shapely brings NumPy: only a process that checks a position should load them.
    from shapely.geometry import MultiPolygon, Polygon  # noqa: PLC0415

    coasts = json.loads(LAND_FILE.read_text(encoding="utf-8"))
    return {name: MultiPolygon([Polygon(ring) for ring in rings]) for name, rings in coasts.items()}


def metres_from_nation(position: Position, nation: str) -> float:
    """Return how far the point lies outside the nation, in metres.

    It is 0 inside it, and for a nation that has no land in the file. The coast is generalised: a harbour
    town can lie a kilometre or two outside it.
    """
    from shapely.geometry import Point  # noqa: PLC0415 – as above

    land = nations().get(nation)
    return 0 if land is None else land.distance(Point(to_grid(position)))


def nearest_nation(position: Position) -> tuple[str, float]:
    """Return the nearest nation, and how far away it is in metres; 0 inside it."""
    distances = {name: metres_from_nation(position, name) for name in nations()}
    name = min(distances, key=distances.__getitem__)
    return name, distances[name]
