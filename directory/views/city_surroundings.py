"""The cities round one city: on the map, by distance, and by the priorities that they share with it."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.current_tokens import current_tokens
from directory.geography.uk_map import UkMap
from directory.models import City
from directory.views.fragments import cached_fragment

MAX_NEAREST = 4
MAX_SHARING = 6
MAX_ON_MAP = 12
# Only this many of the nearest cities are compared by their priorities.
MAX_COMPARED = 60


@dataclass(frozen=True)
class CitySurroundings:
    """The inset map round a city, and the lists of other cities, rendered."""

    map: SafeString
    others: SafeString


def city_surroundings(city: City) -> CitySurroundings:
    """Return the rendered map and lists of other cities, cached under the structure token."""
    return cached_fragment("city_surroundings", current_tokens().structure, city.pk, lambda: _render(city))


def _render(city: City) -> CitySurroundings:
    others = City.objects.published().exclude(pk=city.pk)
    keys = others.keys_nearest_to(city.position, MAX_COMPARED) if city.position else []
    sharing = others.sharing_priorities_with(city, keys)[:MAX_SHARING]
    shown = City.objects.for_map().in_bulk({*keys[:MAX_ON_MAP], *(key for key, _ in sharing)})
    # A city that was deleted since its key was read is left out.
    near = [shown[key] for key in keys[:MAX_ON_MAP] if key in shown]
    nearest = sorted((city.kilometres_to(other), other.name, other) for other in near)[:MAX_NEAREST]
    inset = {
        "map": UkMap.inset(city, near),
        "labelled_by": "map-heading",
        "here": city,
        "modifier": "inset",
    }
    lists = {
        "nearest": [(distance, other) for distance, _, other in nearest],
        "sharing": [(shown[key], priorities) for key, priorities in sharing if key in shown],
        "compared": MAX_COMPARED if len(keys) == MAX_COMPARED else None,
    }
    return CitySurroundings(
        render_to_string("map/uk_map.html", inset),
        render_to_string("directory/includes/other_cities.html", lists),
    )
