"""Bounding boxes: a part of the map, as the directory's URL gives it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians

from directory.geography.coordinates import Position

MAX_LATITUDE, MAX_LONGITUDE = 90, 180
# No exponents: 1e-999999 is a number of a million digits.
_NUMBER = r"-?\d{1,3}(\.\d{1,8})?"
_FOUR_NUMBERS = re.compile(rf"{_NUMBER}(,{_NUMBER}){{3}}", re.ASCII)


@dataclass(frozen=True)
class BoundingBox:
    """A range of latitudes and longitudes (WGS 84, decimal degrees), edges included."""

    south: Decimal
    west: Decimal
    north: Decimal
    east: Decimal

    @classmethod
    def parse(cls, text: str) -> "BoundingBox":
        """Parse “south,west,north,east”. Raise ValueError if the text is not a bounding box."""
        if not _FOUR_NUMBERS.fullmatch(text):
            raise ValueError("not four numbers")
        box = cls(*map(Decimal, text.split(",")))
        if not box.is_on_earth:
            raise ValueError("not south, west, north and east in decimal degrees")
        return box

    @classmethod
    def round(cls, position: Position, degrees: float) -> "BoundingBox":
        """Return a box that reaches so many degrees of latitude, or as far, to each side of a position."""
        north = Decimal(degrees)
        east = Decimal(degrees / cos(radians(position.latitude)))
        return cls(
            position.latitude - north,
            position.longitude - east,
            position.latitude + north,
            position.longitude + east,
        )

    def __str__(self) -> str:
        edges = (self.south, self.west, self.north, self.east)
        return ",".join(f"{degrees.normalize():f}" for degrees in edges)

    @property
    def is_on_earth(self) -> bool:
        """Whether the edges are valid degrees and in order."""
        return (
            -MAX_LATITUDE <= self.south <= self.north <= MAX_LATITUDE
            and -MAX_LONGITUDE <= self.west <= self.east <= MAX_LONGITUDE
        )

    def overlaps(self, other: "BoundingBox") -> bool:
        """Return whether a position can be in both."""
        return (
            self.south <= other.north
            and other.south <= self.north
            and self.west <= other.east
            and other.west <= self.east
        )

    def union(self, other: "BoundingBox") -> "BoundingBox":
        """Return the smallest bounding box that contains both."""
        return BoundingBox(
            min(self.south, other.south),
            min(self.west, other.west),
            max(self.north, other.north),
            max(self.east, other.east),
        )
