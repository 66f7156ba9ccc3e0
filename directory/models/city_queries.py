"""The queries on cities: verbs that narrow, order and load."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any, Self

from django.db.models import (
    Avg,
    Count,
    ExpressionWrapper,
    FloatField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Subquery,
    Window,
)
from django.db.models.functions import Cast, DenseRank, Floor

from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import Cluster, cell_size
from directory.geography.coordinates import SOUTHERNMOST, WESTERNMOST, Position
from directory.geography.viewport import Viewport
from directory.models.city_section import CitySection
from directory.models.key_fact import KeyFact
from directory.models.membership import Membership
from directory.models.news import NewsItem
from directory.models.partner import Partnership
from directory.models.priority import CityPriority, Priority
from directory.models.publication import PublishableQuerySet
from directory.models.search_entry import SearchEntry

if TYPE_CHECKING:
    from directory.models.city import City
    from directory.models.network import Network

# Half the height of the box in which the nearest cities are sought first.
NEAR_DEGREES = 0.3


@dataclass(frozen=True)
class NamedCities:
    """The first few cities of a list by name, and how many there are in all."""

    first: "list[City]"
    count: int

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.count - len(self.first)


class CityQuerySet(PublishableQuerySet):
    """Cities, by name unless a method says otherwise."""

    def matching(self, words: str) -> Self:
        """Narrow to the cities on whose pages each of these words begins a word."""
        entries = SearchEntry.objects.of(self.model).containing(words)
        return self.filter(pk__in=entries.values("object_id"))

    def prioritising(self, priorities: Iterable[Priority]) -> Self:
        """Narrow to the cities with a priority that belongs to any of these."""
        # A join would list a city twice when two of its priorities belong to the same shared one.
        serving = CityPriority.objects.filter(priorities__in=priorities)
        return self.filter(pk__in=serving.values("city"))

    def in_networks(self, networks: "Iterable[Network]") -> Self:
        """Narrow to the members of any of these networks."""
        return self.filter(pk__in=Membership.objects.filter(network__in=networks).values("city"))

    def in_nations(self, nations: Iterable[str]) -> Self:
        """Narrow to the cities in any of these nations."""
        return self.filter(nation__in=nations)

    def in_area(self, area: BoundingBox) -> Self:
        """Narrow to the cities inside a bounding box."""
        return self.filter(latitude__range=(area.south, area.north), longitude__range=(area.west, area.east))

    def clusters(self, viewport: Viewport) -> Iterator[Cluster]:
        """Return the cities counted by cells of the map: a few dozen rows, however many there are."""
        height, width = cell_size(viewport)
        north = Cast("latitude", FloatField()) - float(SOUTHERNMOST)
        east = Cast("longitude", FloatField()) - float(WESTERNMOST)
        cells = (
            self.annotate(row=Floor(north / height), column=Floor(east / width))
            .values("row", "column")
            .annotate(
                count=Count("pk"),
                south=Min("latitude"),
                west=Min("longitude"),
                north=Max("latitude"),
                east=Max("longitude"),
                latitude_of_middle=Avg("latitude"),
                longitude_of_middle=Avg("longitude"),
                place=Min("pk"),
            )
            .order_by("row", "column")
        )
        for cell in cells:
            area = BoundingBox(cell["south"], cell["west"], cell["north"], cell["east"])
            middle = Position(cell["latitude_of_middle"], cell["longitude_of_middle"])
            yield Cluster(cell["count"], area, middle, cell["place"])

    def bounding_box(self) -> BoundingBox | None:
        """Return the smallest bounding box that holds all cities, or None if there are none."""
        edges = self.aggregate(Min("latitude"), Min("longitude"), Max("latitude"), Max("longitude"))
        return BoundingBox(*edges.values()) if None not in edges.values() else None

    def with_date_joined(self, networks: "Iterable[Network]" = ()) -> Self:
        """Add as `joined_on` the date on which each city joined any network, or the first of these."""
        dated = Membership.objects.filter(city=OuterRef("pk"), date__isnull=False).order_by("date")
        if networks:
            dated = dated.filter(network__in=networks)
        return self.annotate(joined_on=Subquery(dated.values("date")[:1]))

    def with_matches(self, priorities: Iterable[Priority]) -> Self:
        """Narrow to the cities that work on any of these priorities, and count them as `matches`."""
        return self.filter(city_priorities__priorities__in=priorities).annotate(
            matches=Count("city_priorities__priorities", distinct=True)
        )

    def keys_nearest_to(self, position: Position, most: int) -> list[int]:
        """Return the keys of the nearest cities, the nearest first, as on a flat map.

        Within the UK the order is right but for near ties.
        """
        box = BoundingBox.round(position, NEAR_DEGREES)
        near = self.in_area(box)._keys_by_distance(position, most)
        if len(near) == most and near[-1][1] <= NEAR_DEGREES**2:
            return [key for key, _ in near]
        return [key for key, _ in self._keys_by_distance(position, most)]

    def _keys_by_distance(self, position: Position, most: int) -> list[tuple[int, float]]:
        """Return the keys of the nearest cities, each with its squared distance in degrees of latitude."""
        shrink = cos(radians(position.latitude))
        north = Cast("latitude", FloatField()) - float(position.latitude)
        east = (Cast("longitude", FloatField()) - float(position.longitude)) * shrink
        squared = ExpressionWrapper(north * north + east * east, output_field=FloatField())
        placed = self.filter(latitude__isnull=False).annotate(squared_distance=squared)
        return list(placed.order_by("squared_distance", "pk").values_list("pk", "squared_distance")[:most])

    def sharing_priorities_with(self, city: "City", keys: list[int]) -> "list[tuple[int, list[Priority]]]":
        """Return the cities that share priorities with this one, the most in common first, and which."""
        own = city.shared_priorities
        link = CityPriority.priorities.through
        served = link.objects.filter(citypriority__city__in=keys)
        pairs = set(served.values_list("citypriority__city", "priority"))
        in_common = {key: [one for one in own if (key, one.pk) in pairs] for key in keys}
        found = [(key, priorities) for key, priorities in in_common.items() if priorities]
        return sorted(found, key=lambda one: -len(one[1]))

    def named_by_priority(self, most: int) -> dict[int, NamedCities]:
        """Return the first of these cities under each priority, by the priority's key: three queries."""
        link = CityPriority.priorities.through
        served: Any = link.objects.filter(citypriority__city__in=self.order_by().values("pk"))
        city = "citypriority__city"
        # A city has the same rank twice if two of its priorities belong to the same shared one.
        rank = Window(DenseRank(), partition_by="priority", order_by=[f"{city}__name", city])
        ranked = served.annotate(rank=rank).filter(rank__lte=most).order_by("priority", "rank")
        keys: dict[int, dict[int, None]] = {}
        for priority, key in ranked.values_list("priority", city):
            keys.setdefault(priority, {})[key] = None
        cities = self.only("name", "slug").in_bulk({key for found in keys.values() for key in found})
        counted = served.order_by().values_list("priority").annotate(Count(city, distinct=True))
        return {
            priority: NamedCities([cities[key] for key in keys.get(priority, ()) if key in cities], count)
            for priority, count in counted
        }

    def for_map(self) -> Self:
        """Load only what the map needs."""
        return self.only("name", "slug", "nation", "latitude", "longitude", "label_side")

    def by_source_of_coordinates(self) -> "dict[int, list[City]]":
        """Return the cities of which each source prints coordinates, by the source's key."""
        found: dict[int, list[City]] = {}
        printed: Any = self.filter(coordinates_source__isnull=False)
        for city in printed:
            found.setdefault(city.coordinates_source_id, []).append(city)
        return found

    def with_explained_coordinates(self) -> Self:
        """Narrow to the cities of which a source prints coordinates that our editors explain; load it."""
        explained = self.filter(coordinates_source__isnull=False).exclude(coordinates_note="")
        return explained.select_related("coordinates_source")

    def with_priorities(self) -> Self:
        """Load each city's own priorities and the shared ones that they serve."""
        return self.prefetch_related("city_priorities__priorities")

    def with_page_data(self) -> Self:
        """Load all that a city's page shows of the city itself."""
        return self.select_related("source", "position_source", "coordinates_source").prefetch_related(
            Prefetch("sections", CitySection.objects.select_related("source")),
            Prefetch("key_facts", KeyFact.objects.select_related("source")),
            Prefetch(
                "city_priorities",
                CityPriority.objects.select_related("source").prefetch_related("priorities"),
            ),
            Prefetch("partnerships", Partnership.objects.select_related("partner", "source")),
            Prefetch("memberships", Membership.objects.select_related("network", "source")),
            Prefetch("news", NewsItem.objects.published().select_related("source")),
        )
