"""What a question to the directory finds: the same for every page of its list."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from directory.forms import ChoiceGroup, DirectoryForm
from directory.geography.area import Area
from directory.geography.clusters import apart
from directory.geography.uk_map import ClusterMark, UkMap
from directory.geography.window import Window
from directory.models import City


@dataclass(frozen=True)
class FoundCities:
    """The keys of the cities in the order asked for, the map of them, and the choices there are."""

    keys: Sequence[int]
    map: UkMap
    groups: Sequence[ChoiceGroup]

    @classmethod
    def of(cls, form: DirectoryForm) -> "FoundCities":
        """Ask a valid form's question."""
        keys = array("q", form.filter(City.objects.published()).values_list("pk", flat=True))
        return cls(keys, _map(form, keys), list(form.groups()))


def _map(form: DirectoryForm, keys: "array[int]") -> UkMap:
    area: Area | None = form.cleaned_data["area"]
    window = Window.on(area)
    drawn = apart(form.narrow(City.objects.published()).clusters(window), window)
    alone = [cluster.place for cluster in drawn if cluster.count == 1]
    places = City.objects.for_map().in_bulk(alone).values()
    marks = [
        ClusterMark(point, cluster.count, "" if cluster.area == area else form.address(area=cluster.area))
        for cluster, point in drawn.items()
        if cluster.count > 1
    ]
    numbered = sorted(((keys.index(place.pk) + 1, place) for place in places), key=lambda one: one[0])
    return UkMap.of(numbered, marks, window)
