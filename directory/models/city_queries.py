"""What can be asked of the cities: verbs that narrow, orders, and loads."""

from collections.abc import Iterable, Iterator
from math import cos, radians
from typing import TYPE_CHECKING, Self

from django.db.models import (
    Avg,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Subquery,
)
from django.db.models.functions import Cast, Floor

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
from directory.models.search_text import fold

if TYPE_CHECKING:
    from directory.models.city import City
    from directory.models.network import Network


class CityQuerySet(PublishableQuerySet):
    """Cities, by name unless said otherwise."""

    def matching(self, words: str) -> Self:
        """Those on whose page every word stands, wherever it does, as a whole or as a part."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def prioritising(self, priorities: Iterable[Priority]) -> Self:
        """Those with an city_priority of their own that serves any of these priorities."""
        # A join would list a city twice when two of its city_priorities serve the same priority.
        serving = CityPriority.objects.filter(priorities__in=priorities)
        return self.filter(pk__in=serving.values("city"))

    def in_networks(self, networks: "Iterable[Network]") -> Self:
        """The members of any of these networks."""
        return self.filter(pk__in=Membership.objects.filter(network__in=networks).values("city"))

    def in_nations(self, nations: Iterable[str]) -> Self:
        """Those in any of these nations."""
        return self.filter(nation__in=nations)

    def in_area(self, area: BoundingBox) -> Self:
        """Those that lie in this part of the map."""
        return self.filter(latitude__range=(area.south, area.north), longitude__range=(area.west, area.east))

    def clusters(self, viewport: Viewport) -> Iterator[Cluster]:
        """Their numbers in each cell of the map, however many they are: a few dozen rows."""
        height, width = cell_size(viewport)
        north = Cast("latitude", FloatField()) - float(SOUTHERNMOST)
        east = Cast("longitude", FloatField()) - float(WESTERNMOST)
        cells = (
            self.order_by()
            .annotate(row=Floor(north / height), column=Floor(east / width))
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

    def by_date_joined(self, networks: "Iterable[Network]" = ()) -> "CityQuerySet":
        """The earliest to join first (any network, or these); unknown dates last, then the name."""
        dated = Membership.objects.filter(city=OuterRef("pk"), date__isnull=False).order_by("date")
        if networks:
            dated = dated.filter(network__in=networks)
        return self.annotate(joined_on=Subquery(dated.values("date")[:1])).order_by(
            F("joined_on").asc(nulls_last=True), "name"
        )

    def nearest_to(self, position: Position, most: int) -> Self:
        """The nearest first, as on a flat map: within the UK the order is right but for near ties."""
        shrink = cos(radians(position.latitude))
        north = Cast("latitude", FloatField()) - float(position.latitude)
        east = (Cast("longitude", FloatField()) - float(position.longitude)) * shrink
        squared = ExpressionWrapper(north * north + east * east, output_field=FloatField())
        # An index has all that this asks; whole rows are read of the nearest only.
        nearest = self.filter(latitude__isnull=False).order_by(squared, "pk").values("pk")[:most]
        return self.filter(pk__in=nearest).order_by(squared, "pk")

    def sharing_priorities_with(self, city: "City", most: int) -> "list[tuple[City, list[Priority]]]":
        """The other cities that serve any of its shared priorities, the most in common first, and which."""
        own = city.shared_priorities
        serving = CityPriority.objects.of_published_cities().filter(priorities__in=own).exclude(city=city)
        by_city = serving.order_by().values("city", "city__name")
        counted = by_city.annotate(n=Count("priorities", distinct=True))
        # As a list: PostgreSQL without statistics would ask the inner question once for every city.
        keys = list(counted.order_by("-n", "city__name").values_list("city", flat=True)[:most])
        served = set(serving.filter(city__in=keys).order_by().values_list("city", "priorities"))
        found = self.in_bulk(keys)
        return [
            (found[key], [priority for priority in own if (key, priority.pk) in served])
            for key in keys
            if key in found
        ]

    def for_map(self) -> Self:
        """Load only what a pin needs."""
        return self.only("name", "slug", "latitude", "longitude", "label_side")

    def with_priorities(self) -> Self:
        """Load each city's own priorities and the shared ones that they serve."""
        return self.prefetch_related("city_priorities__priorities")

    def with_card_data(self) -> Self:
        """Load all that a city's card shows."""
        return self.with_priorities().prefetch_related(
            Prefetch("memberships", Membership.objects.select_related("network"))
        )

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
