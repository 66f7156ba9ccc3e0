"""The cities of each nation: by name while a page has room for all names, by number where there are more."""

from dataclasses import dataclass, field

from django.db.models import Count

from directory.current_tokens import current_tokens
from directory.models import City, Nation
from directory.views.fragments import cached_fragment

MAX_NAMED = 40


@dataclass(frozen=True)
class NationEntry:
    """A nation with its number of cities, and all of them if there is room."""

    slug: str
    name: str
    count: int
    cities: list[City] = field(default_factory=list)


def nation_entries() -> list[NationEntry]:
    """Return the nations that have cities, cached under the structure token."""
    return cached_fragment("named_cities", current_tokens().structure, "nations", _read)


def _read() -> list[NationEntry]:
    published = City.objects.published()
    counts = dict(published.order_by().values_list("nation").annotate(Count("pk")))
    by_nation: dict[str, list[City]] = {}
    if sum(counts.values()) <= MAX_NAMED:
        for city in published.only("name", "slug", "nation"):
            by_nation.setdefault(city.nation, []).append(city)
    return [
        NationEntry(nation.value, nation.label, counts[nation], by_nation.get(nation, []))
        for nation in Nation
        if nation in counts
    ]
