"""Which cities have which priorities: the first few names of each, and all as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.current_tokens import current_tokens
from directory.models import City, CityPriority, Priority
from directory.models.city_queries import NamedCities
from directory.views.fragments import cached_fragment

MAX_NAMED = 4
NOBODY = NamedCities([], 0)


@dataclass(frozen=True)
class PriorityEntry:
    """A priority with the cities that a list names beside it."""

    priority: Priority
    cities: NamedCities


@dataclass(frozen=True)
class RelatedPriorities:
    """The cities that have a priority, and their other priorities."""

    cities: NamedCities
    entries: list[PriorityEntry]

    @property
    def only_city(self) -> City | None:
        """Return the city that has the priority if no other has it."""
        return self.cities.first[0] if self.cities.count == 1 else None


@dataclass(frozen=True)
class PriorityMatrix:
    """Every city with its own priority under each shared one."""

    priorities: Sequence[Priority]
    rows: list[tuple[City, list[CityPriority | None]]]

    @classmethod
    def of(cls, cities: Iterable[City], priorities: Sequence[Priority]) -> "PriorityMatrix":
        """Return the table of these cities, whose priorities are loaded."""
        found = [(city, city.city_priorities_by_priority()) for city in cities]
        return cls(priorities, [(city, [own.get(one) for one in priorities]) for city, own in found])


def priority_entries() -> list[PriorityEntry]:
    """Return every priority with the cities that have it."""
    named = _named("all")
    return [PriorityEntry(one, named.get(one.pk, NOBODY)) for one in Priority.objects.all()]


def related_priorities(priority: Priority) -> RelatedPriorities:
    """Return the other priorities of the cities that have this one, the most cities in common first."""
    named = _named(priority.pk, priority)
    others = Priority.objects.exclude(pk=priority.pk).in_bulk(named).values()
    entries = [PriorityEntry(other, named[other.pk]) for other in others]
    entries.sort(key=lambda one: (-one.cities.count, one.priority.order, one.priority.name))
    return RelatedPriorities(named.get(priority.pk, NOBODY), entries)


def _named(key: object, *within: Priority) -> dict[int, NamedCities]:
    """Return the cities under each priority by its key, cached under the structure token."""
    cities = City.objects.published()
    narrowed = cities.prioritising(within) if within else cities
    return cached_fragment(
        "named_cities", current_tokens().structure, key, lambda: narrowed.named_by_priority(MAX_NAMED)
    )
