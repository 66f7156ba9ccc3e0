"""Random points on land."""

import json
from decimal import Decimal
from functools import cached_property
from random import Random

from shapely import prepare
from shapely.geometry import MultiPolygon, Point, Polygon

from directory.geography.coordinates import Position
from directory.geography.land import LAND_FILE
from directory.geography.projection import to_position


class Land:
    """Draws points that lie in a nation, each as likely as any other."""

    def __init__(self, random: Random) -> None:
        self.random = random

    @cached_property
    def nations(self) -> dict[str, MultiPolygon]:
        """The nations' outlines on the National Grid."""
        coasts = json.loads(LAND_FILE.read_text(encoding="utf-8"))
        shapes = {name: MultiPolygon([Polygon(ring) for ring in rings]) for name, rings in coasts.items()}
        for shape in shapes.values():
            prepare(shape)
        return shapes

    def point_in(self, nation: str) -> Position:
        """A position in the nation, to five places."""
        west, south, east, north = self.nations[nation].bounds
        while True:
            spot = (self.random.uniform(west, east), self.random.uniform(south, north))
            if self.nations[nation].contains(Point(spot)):
                position = to_position(*spot)
                return Position(round(Decimal(position[0]), 5), round(Decimal(position[1]), 5))
