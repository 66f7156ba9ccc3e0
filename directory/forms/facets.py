"""The facets beside the list: the choices of each kind, with the number of cities that each would give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from directory.forms.city_filter import CityFilter
from directory.models import City, CityPriority, Membership, Nation, Network, Priority
from directory.models.city_queries import CityQuerySet


@dataclass(frozen=True)
class FacetChoice:
    """One box to tick: how many cities it would give, and whether it is ticked."""

    value: str
    label: str
    city_count: int
    is_selected: bool

    @property
    def is_disabled(self) -> bool:
        """Return whether ticking it would leave nothing; what is ticked can always be unticked."""
        return not self.city_count and not self.is_selected


@dataclass(frozen=True)
class Facet:
    """The choices of one kind."""

    name: str
    legend: str
    choices: list[FacetChoice]


def facets(selected: CityFilter, *, narrowing: CityFilter | None = None) -> Iterator[Facet]:
    """Return each facet, counted with the other facets' choices applied and its own left out.

    With `narrowing`, count as that filter narrows, for instance beside an error.
    """
    narrowing = selected if narrowing is None else narrowing
    by_priority = _counts_by_priority(_cities(narrowing.without("priorities")))
    by_network = _counts_by_network(_cities(narrowing.without("networks")))
    nations = _counts_by_nation(_cities(narrowing.without("nations")))
    yield Facet("priority", "Priorities", _choices(Priority.objects.all(), by_priority, selected.priorities))
    yield Facet(
        "nation",
        "Nations",
        [
            FacetChoice(nation.value, nation.label, nations.get(nation, 0), nation in selected.nations)
            for nation in Nation
        ],
    )
    yield Facet("network", "Networks", _choices(Network.objects.all(), by_network, selected.networks))


def _cities(city_filter: CityFilter) -> CityQuerySet:
    return city_filter.narrow(City.objects.published()).order_by()


def _choices(records: Iterable[Any], counts: dict[str, int], selected: Iterable[Any]) -> list[FacetChoice]:
    keys = {record.pk for record in selected}
    return [FacetChoice(one.slug, one.name, counts.get(one.slug, 0), one.pk in keys) for one in records]


def _counts_by_priority(cities: CityQuerySet) -> dict[str, int]:
    served = CityPriority.objects.filter(city__in=cities.values("pk")).order_by()
    return dict(served.values_list("priorities__slug").annotate(Count("city", distinct=True)))


def _counts_by_network(cities: CityQuerySet) -> dict[str, int]:
    # A city is in a network once at most: its memberships count the cities.
    members = Membership.objects.filter(city__in=cities.values("pk")).order_by()
    return dict(members.values_list("network__slug").annotate(Count("pk")))


def _counts_by_nation(cities: CityQuerySet) -> dict[str, int]:
    return dict(cities.values_list("nation").annotate(Count("pk")))
