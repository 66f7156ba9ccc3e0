"""The towns and cities of the United Kingdom by name, whether they are in the directory or not."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from directory.geography.coordinates import Position

# GeoNames, CC BY 4.0, by manage.py build_places: name to latitude and longitude in degrees (WGS 84).
PLACES_FILE = Path(__file__).with_name("places.json")

# About 100 metres: enough for whole miles.
DECIMAL_PLACES = 3
# GeoNames counts the bases in Cyprus to the country, but to none of its parts.
NATIONS = {"ENG", "NIR", "SCT", "WLS"}


@cache
def places() -> dict[str, Position]:
    """Return the position of each place by its name."""
    stored = json.loads(PLACES_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return {name: Position(*pair) for name, pair in stored.items()}


def most_populous(entries: Iterable[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Return where the most populous place of each name in the United Kingdom is, by name.

    The entries are those of GeoNames. Two names are the same if they differ only in case.
    """
    british = [one for one in entries if one["countrycode"] == "GB" and one["admin1code"] in NATIONS]
    named: dict[str, tuple[str, dict[str, Any]]] = {}
    for entry in sorted(british, key=lambda one: (one["population"], one["geonameid"])):
        named |= {name.casefold(): (name, entry) for name in (*_other_names(entry), entry["name"])}
    return {
        name: (round(entry["latitude"], DECIMAL_PLACES), round(entry["longitude"], DECIMAL_PLACES))
        for name, entry in sorted(named.values(), key=lambda one: one[0])
    }


def _other_names(entry: dict[str, Any]) -> Iterator[str]:
    """Return short forms of its name, as Hull of Kingston upon Hull, and both halves of a double name."""
    words = _words(entry["name"])
    for name in entry["alternatenames"]:
        if _words(name) and _words(name) < words:
            yield name
        elif entry["name"] in (both := name.split(" / ")):
            yield from both


def _words(name: str) -> set[str]:
    return {*name.casefold().replace("-", " ").split()}
