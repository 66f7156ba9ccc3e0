"""A part of the map that a visitor zooms into, as the address of a page writes it down."""

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
    """All between two latitudes and two longitudes (WGS 84, decimal degrees), the edges included."""

    south: Decimal
    west: Decimal
    north: Decimal
    east: Decimal

    @classmethod
    def parse(cls, text: str) -> "BoundingBox":
        """Read south, west, north and east. Raises ValueError if they are not such an area."""
        if not _FOUR_NUMBERS.fullmatch(text):
            raise ValueError("not four numbers")
        area = cls(*map(Decimal, text.split(",")))
        if not area.is_on_earth:
            raise ValueError("not south, west, north and east in decimal degrees")
        return area

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
        """Whether the numbers are degrees, in their order."""
        return (
            -MAX_LATITUDE <= self.south <= self.north <= MAX_LATITUDE
            and -MAX_LONGITUDE <= self.west <= self.east <= MAX_LONGITUDE
        )

    def overlaps(self, other: "BoundingBox") -> bool:
        """Whether a place can lie in both."""
        return (
            self.south <= other.north
            and other.south <= self.north
            and self.west <= other.east
            and other.west <= self.east
        )

    def joined_with(self, other: "BoundingBox") -> "BoundingBox":
        """The smallest area that holds both."""
        return BoundingBox(
            min(self.south, other.south),
            min(self.west, other.west),
            max(self.north, other.north),
            max(self.east, other.east),
        )
