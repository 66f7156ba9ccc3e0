"""What a search says of a town or city that is not in the directory."""

from dataclasses import dataclass
from functools import cache

from directory.geography.coordinates import Position
from directory.geography.places import places
from directory.geography.projection import distance_km
from directory.models import City, Guide, SearchEntry
from directory.models.folding import fold

# The guide that tells such a place what to do, unless staff took it down.
JOINING_GUIDE = "how-a-city-joins"
# The order of the nearest cities is right but for near ties: so many are measured.
COMPARED = 3


@dataclass(frozen=True)
class AbsentPlace:
    """A place that is not in the directory, and the nearest city that is."""

    name: str
    nearest: City
    kilometres: float
    guide: Guide | None


def absent_place(words: str) -> AbsentPlace | None:
    """Return the place of which these words are the name, or None if there is none or it is a public city."""
    name, position = _places_by_folded_name().get(fold(words), ("", None))
    if position is None or _is_public_city(words):
        return None
    cities = City.objects.published()
    near = City.objects.in_bulk(cities.keys_nearest_to(position, COMPARED)).values()
    by_distance = [(distance_km(position, city.position), city.name, city) for city in near if city.position]
    if not by_distance:
        return None
    kilometres, _, nearest = min(by_distance)
    guide = Guide.objects.published().filter(slug=JOINING_GUIDE).first()
    return AbsentPlace(name, nearest, kilometres, guide)


@cache
def _places_by_folded_name() -> dict[str, tuple[str, Position]]:
    return {fold(name): (name, position) for name, position in places().items()}


def _is_public_city(words: str) -> bool:
    """Return whether a public city has this name, or a longer one, as “Wakefield District” for Wakefield."""
    entries = SearchEntry.objects.of(City).titled(words)
    return City.objects.published().filter(pk__in=entries.values("object_id")).exists()
