"""The cities round one city: on the map, and in a table with their distance and the priorities in common."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.current_tokens import current_tokens
from directory.geography.uk_map import UkMap
from directory.models import City, Priority
from directory.views.fragments import cached_fragment

MAX_NEAREST = 4
MAX_SHARING = 6
MAX_ON_MAP = 12
# Only this many of the nearest cities are compared by their priorities.
MAX_COMPARED = 60


@dataclass(frozen=True)
class OtherCity:
    """Another city, how far away it is, and the priorities that it shares."""

    city: City
    kilometres: float
    priorities: list[Priority]


@dataclass(frozen=True)
class CitySurroundings:
    """The inset map round a city and the table of other cities, rendered; without other cities no table."""

    map: SafeString
    others: SafeString


def city_surroundings(city: City) -> CitySurroundings:
    """Return the rendered map and table of other cities, cached under the structure token."""
    return cached_fragment("city_surroundings", current_tokens().structure, city.pk, lambda: _render(city))


def _render(city: City) -> CitySurroundings:
    published = City.objects.published().exclude(pk=city.pk)
    keys = published.keys_nearest_to(city.position, MAX_COMPARED) if city.position else []
    sharing = dict(published.sharing_priorities_with(city, keys)[:MAX_SHARING])
    shown = City.objects.for_map().in_bulk({*keys[:MAX_ON_MAP], *sharing})
    # A city that was deleted since its key was read is left out.
    near = [shown[key] for key in keys[:MAX_ON_MAP] if key in shown]
    others = [
        OtherCity(shown[key], city.kilometres_to(shown[key]), sharing.get(key, []))
        for key in {*keys[:MAX_NEAREST], *sharing}
        if key in shown
    ]
    label = f"Map of {city.name} and the cities near it"
    inset = {"map": UkMap.inset(city, near), "label": label, "here": city, "modifier": "inset"}
    return CitySurroundings(render_to_string("map/uk_map.html", inset), _table(others, len(keys)))


def _table(others: list[OtherCity], compared: int) -> SafeString:
    """Return the table of other cities, those with the most priorities in common first, then the nearest."""
    if not others:
        return SafeString()
    ordered = sorted(others, key=lambda one: (-len(one.priorities), one.kilometres, one.city.name))
    context = {"others": ordered, "compared": MAX_COMPARED if compared == MAX_COMPARED else None}
    return render_to_string("directory/includes/other_cities.html", context)
