"""The map of the directory: which cities it shows in which part of the country, and the same in words."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber, intcomma
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from directory.forms.city_filter import CityFilter
from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import Cluster, merge_overlapping
from directory.geography.uk_map import ClusterMark, UkMap
from directory.geography.viewport import Viewport
from directory.models import City, Nation
from directory.models.city_queries import CityQuerySet

# So many cities are placed one by one, and the map's sentence names them; more are counted in the database.
MAX_PLACED = 60
MAX_NAMED = 24


@dataclass(frozen=True)
class MappedCities:
    """What the map needs of the cities that a filter finds, and of those outside it."""

    clusters: Iterable[Cluster]
    places: dict[int, City]
    outside: list[City]
    nations: Counter[str]


def render_city_map(city_filter: CityFilter, keys: Collection[int]) -> SafeString:
    """Return the map of the cities that a filter finds, with a sentence that says what it shows."""
    published = City.objects.published()
    viewport = _viewport(city_filter, published)
    mapped = _counted(city_filter, viewport) if len(keys) > MAX_PLACED else _placed(published, set(keys))
    clusters = merge_overlapping(mapped.clusters, viewport)
    places = mapped.places or City.objects.for_map().in_bulk(_alone(clusters))
    pins = [places[key] for key in _alone(clusters) if key in places]
    marks = [
        ClusterMark(point, cluster.count, _zoom_url(cluster.bounding_box, city_filter))
        for cluster, point in clusters.items()
        if cluster.count > 1
    ]
    uk_map = UkMap.of(pins, marks, viewport, mapped.outside)
    context = {
        "map": uk_map,
        "sentence": _sentence(mapped),
        "has_outside": any(pin.is_outside for pin in uk_map.pins),
        "whole_uk_url": "" if viewport == Viewport() else city_filter.url_of_whole_uk(),
        "cities_url": city_filter.without("shows_whole_uk").url() if city_filter.shows_whole_uk else "",
    }
    return render_to_string("map/city_map.html", context)


def _viewport(city_filter: CityFilter, published: CityQuerySet) -> Viewport:
    if city_filter.shows_whole_uk:
        return Viewport()
    return Viewport.fit(city_filter.area) if city_filter.area else Viewport.fit_all(published.bounding_box())


def _placed(published: CityQuerySet, keys: set[int]) -> MappedCities:
    """Return each of these cities by itself, and the others as long as there are few."""
    others = published.for_map().exclude(pk__in=keys).order_by("name")[: MAX_PLACED + 1]
    found = {city.pk: city for city in published.for_map().filter(pk__in=keys)}
    clusters = [_alone_at(city) for city in found.values() if city.position]
    outside = list(others)
    return MappedCities(
        clusters,
        found,
        outside if len(outside) <= MAX_PLACED else [],
        Counter(city.nation for city in found.values()),
    )


def _counted(city_filter: CityFilter, viewport: Viewport) -> MappedCities:
    """Return the cities counted by the cells of the map."""
    narrowed = city_filter.narrow(City.objects.published())
    nations = dict(narrowed.order_by().values_list("nation").annotate(Count("pk")))
    return MappedCities(narrowed.clusters(viewport), {}, [], Counter(nations))


def _alone_at(city: City) -> Cluster:
    position: Any = city.position
    box = BoundingBox(position.latitude, position.longitude, position.latitude, position.longitude)
    return Cluster(1, box, position, city.pk)


def _alone(clusters: Iterable[Cluster]) -> list[int]:
    return [cluster.any_city_pk for cluster in clusters if cluster.count == 1]


def _zoom_url(area: BoundingBox, city_filter: CityFilter) -> str:
    """Return the URL of a cluster's area, or an empty text where zooming in shows no more."""
    return "" if area == city_filter.area else city_filter.url(area=area)


def _sentence(mapped: MappedCities) -> str:
    """Return in words what the map shows, nation by nation, for everybody who does not see it."""
    names: dict[str, list[str]] = {}
    if len(mapped.places) <= MAX_NAMED:
        for city in sorted(mapped.places.values(), key=lambda city: city.name):
            names.setdefault(city.nation, []).append(city.name)
    shown = [
        _in_nation(nation, mapped.nations[nation], names.get(nation, []), is_first=not number)
        for number, nation in enumerate(_most_first(mapped.nations))
    ]
    empty = [nation.label for nation in Nation if not mapped.nations[nation]]
    none = f" None is in {get_text_list(empty, 'or')}." if empty and shown else ""
    return f"The map shows {get_text_list(shown, 'and')}.{none}" if shown else ""


def _most_first(nations: Counter[str]) -> Sequence[Nation]:
    return sorted((nation for nation in Nation if nations[nation]), key=lambda nation: -nations[nation])


def _in_nation(nation: Nation, count: int, names: list[str], *, is_first: bool) -> str:
    noun = (" city" if count == 1 else " cities") if is_first else ""
    listed = f" ({', '.join(names)})" if names else ""
    return f"{apnumber(count) if count < 10 else intcomma(count)}{noun} in {nation.label}{listed}"  # noqa: PLR2004
