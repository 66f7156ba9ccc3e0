"""Positions on the Earth, and how they are written."""

from dataclasses import dataclass
from decimal import Decimal

# Decimal places of a degree that the site stores: about a metre.
DECIMAL_PLACES = 5
# A box round the United Kingdom, from Scilly to Shetland and from Fermanagh to Lowestoft.
SOUTHERNMOST, NORTHERNMOST = Decimal("49.8"), Decimal("60.9")
WESTERNMOST, EASTERNMOST = Decimal("-8.7"), Decimal("1.8")


@dataclass(frozen=True)
class Position:
    """A point in WGS 84, in decimal degrees, north and east positive."""

    latitude: Decimal
    longitude: Decimal

    @property
    def swapped(self) -> "Position":
        """The position with latitude and longitude swapped."""
        return Position(self.longitude, self.latitude)

    @property
    def in_uk_box(self) -> bool:
        """Whether the point lies in the box round the United Kingdom."""
        return SOUTHERNMOST <= self.latitude <= NORTHERNMOST and WESTERNMOST <= self.longitude <= EASTERNMOST

    @property
    def decimal(self) -> str:
        """Decimal degrees with hemispheres, as in 52.58547° N, 2.12296° W."""
        north_south = "N" if self.latitude >= 0 else "S"
        east_west = "E" if self.longitude >= 0 else "W"
        return f"{abs(self.latitude)}° {north_south}, {abs(self.longitude)}° {east_west}"

    @property
    def geo_uri(self) -> str:
        """The `geo:` URI of the position (RFC 5870), which a phone opens in its map application."""
        return f"geo:{self.latitude},{self.longitude}"

    @property
    def openstreetmap_url(self) -> str:
        """The URL of the position on OpenStreetMap, with a marker, at the scale of a city."""
        point = f"mlat={self.latitude}&mlon={self.longitude}"
        return f"https://www.openstreetmap.org/?{point}#map=12/{self.latitude}/{self.longitude}"
