"""What the directory is filtered and sorted by: as a query, as a URL and in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import ExtractYear
from django.urls import reverse

from directory.geography.bounding_box import BoundingBox
from directory.models import City, Nation, Network, Priority
from directory.models.city_queries import CityQuerySet


@dataclass(frozen=True)
class ActiveFilter:
    """One filter that is set, and the URL of the directory without it."""

    name: str
    value: str
    label: str
    url_without: str


@dataclass(frozen=True)
class Suggestion:
    """A filter whose removal gives cities again, and how many."""

    filter: ActiveFilter
    city_count: int


# The value of `area` that shows the whole country instead of the part with the cities.
WHOLE_UK = "uk"


@dataclass(frozen=True)
class CityFilter:
    """Choices of one kind are alternatives (OR); different kinds narrow each other (AND)."""

    q: str = ""
    priorities: tuple[Priority, ...] = ()
    networks: tuple[Network, ...] = ()
    nations: tuple[Nation, ...] = ()
    area: BoundingBox | None = None
    shows_whole_uk: bool = False
    sort: str = "name"

    def narrow(self, cities: CityQuerySet) -> CityQuerySet:
        """Narrow the cities to those that match."""
        if self.q:
            cities = cities.matching(self.q)
        if self.priorities:
            cities = cities.prioritising(self.priorities)
        if self.networks:
            cities = cities.in_networks(self.networks)
        if self.nations:
            cities = cities.in_nations(self.nations)
        if self.area:
            cities = cities.in_area(self.area)
        return cities

    def order(self, cities: CityQuerySet) -> CityQuerySet:
        """Put the cities in the order asked for, and add the group of each as `group`.

        If several priorities are selected, the group is how many of them the city works on, most first. If
        the order is by date, it is the year in which the city joined. Otherwise there is one group, None.
        """
        group: Any = Value(None, IntegerField())
        order: list[Any] = ["name"]
        if self.is_sorted_by_date:
            cities = cities.with_date_joined(self.networks)
            group, order = ExtractYear("joined_on"), [F("joined_on").asc(nulls_last=True), *order]
        if self.is_grouped_by_matches:
            cities = cities.with_matches(self.priorities)
            group, order = F("matches"), ["-matches", *order]
        return cities.annotate(group=group).order_by(*order)

    @property
    def is_grouped_by_matches(self) -> bool:
        """Return whether cities that work on all selected priorities come before those that work on some."""
        return len(self.priorities) > 1

    @property
    def is_sorted_by_date(self) -> bool:
        """Return whether the earliest member comes first."""
        return self.sort == "joined"

    def without(self, name: str, value: Any = None) -> "CityFilter":
        """Return the filter without one field, or without one value of a field that has several."""
        if value is None:
            return replace(self, **{name: getattr(CityFilter, name)})
        rest: Any = tuple(one for one in getattr(self, name) if one != value)
        return replace(self, **{name: rest})

    def url(self, *, page: int = 1, area: BoundingBox | None = None) -> str:
        """Return its one URL, or that of the same filter in another area: fixed order, no defaults."""
        shown = area or self.area or (WHOLE_UK if self.shows_whole_uk else None)
        pairs = [
            *([("q", self.q)] if self.q else []),
            *(("priority", priority.slug) for priority in self.priorities),
            *(("network", network.slug) for network in self.networks),
            *(("nation", nation.value) for nation in self.nations),
            *([("area", str(shown))] if shown else []),
            *([("sort", self.sort)] if self.is_sorted_by_date else []),
            *([("page", str(page))] if page > 1 else []),
        ]
        query = urlencode(pairs, safe=",")
        return f"{reverse('city_list')}?{query}" if query else reverse("city_list")

    def url_of_whole_uk(self) -> str:
        """Return the URL of the same filter with a map of the whole country."""
        return replace(self, area=None, shows_whole_uk=True).url()

    def active_filters(self) -> list[ActiveFilter]:
        """Return every filter that is set, each with the URL without it."""
        return [active for active, _ in self._each_removed()]

    def suggestions(self) -> list[Suggestion]:
        """Return the filters without which there would be cities, each with how many."""
        removed = list(self._each_removed())
        counts = City.objects.aggregate(
            **{
                f"without_{number}": Count("pk", filter=Q(pk__in=_keys(rest)))
                for number, (_, rest) in enumerate(removed)
            }
        )
        found = [
            Suggestion(active, counts[f"without_{number}"]) for number, (active, _) in enumerate(removed)
        ]
        return [suggestion for suggestion in found if suggestion.city_count]

    def _each_removed(self) -> "Iterator[tuple[ActiveFilter, CityFilter]]":
        if self.q:
            yield self._removed("q", self.q, f"“{self.q}”", self.without("q"))
        for priority in self.priorities:
            yield self._removed(
                "priority", priority.slug, str(priority), self.without("priorities", priority)
            )
        for network in self.networks:
            yield self._removed("network", network.slug, str(network), self.without("networks", network))
        for nation in self.nations:
            yield self._removed("nation", nation.value, nation.label, self.without("nations", nation))
        if self.area:
            yield self._removed("area", str(self.area), "Part of the map", self.without("area"))

    def _removed(
        self, name: str, value: str, label: str, rest: "CityFilter"
    ) -> "tuple[ActiveFilter, CityFilter]":
        return ActiveFilter(name, value, label, rest.url()), rest

    def description(self) -> str:
        """Return what the cities have in common, as in “working on Skills and work, in England or Wales”."""
        parts = [
            f"{opening} {_either(values)}"
            for opening, values in (
                ("working on", [priority.name for priority in self.priorities]),
                ("in", [network.short_name for network in self.networks]),
                ("in", [nation.label for nation in self.nations]),
            )
            if values
        ]
        if self.q:
            parts.append(f"matching “{self.q}”")
        if self.area:
            parts.append("in one part of the map")
        return ", ".join(parts)


def _keys(city_filter: CityFilter) -> QuerySet:
    narrowed: QuerySet = city_filter.narrow(City.objects.published()).order_by().values("pk")
    return narrowed


def _either(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
