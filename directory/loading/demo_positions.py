"""Random positions on land, for the demo data."""

from decimal import Decimal
from functools import cached_property
from random import Random

from shapely import prepare
from shapely.geometry import MultiPolygon, Point

from directory.geography.coordinates import DECIMAL_PLACES, Position
from directory.geography.land import nations
from directory.geography.projection import to_position


class Land:
    """Chooses positions at random, uniformly over a nation."""

    def __init__(self, random: Random) -> None:
        self.random = random

    @cached_property
    def nations(self) -> dict[str, MultiPolygon]:
        """The land of each nation, on the National Grid."""
        for land in nations().values():
            prepare(land)
        return nations()

    def point_in(self, nation: str) -> Position:
        """Return a position in the nation."""
        west, south, east, north = self.nations[nation].bounds
        while True:
            spot = (self.random.uniform(west, east), self.random.uniform(south, north))
            if self.nations[nation].contains(Point(spot)):
                return Position(*(round(Decimal(degrees), DECIMAL_PLACES) for degrees in to_position(*spot)))
