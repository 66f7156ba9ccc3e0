"""What a question to the directory finds, drawn once for every page of its list."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.forms import DirectoryForm
from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import apart
from directory.geography.uk_map import ClusterMark, UkMap
from directory.geography.viewport import Viewport
from directory.models import City
from directory.page_cache.parts import PartStore


@dataclass(frozen=True)
class FoundCities:
    """The keys of the cities in the order asked for, their map, and the filter with what it would give."""

    keys: Sequence[int]
    map: SafeString
    filter: SafeString


_kept = PartStore[str, FoundCities](most=64)


def found_cities(request: HttpRequest, form: DirectoryForm) -> FoundCities:
    """What a valid form asks for."""
    return _kept.one(request, form.address(), lambda: _find(form))


def draw_filter(form: DirectoryForm) -> SafeString:
    """The filter as the form has it, with the number of cities at each choice."""
    return render_to_string("directory/includes/filter.html", {"form": form, "groups": form.groups()})


def _find(form: DirectoryForm) -> FoundCities:
    keys = array("q", form.filter(City.objects.published()).values_list("pk", flat=True))
    context = {"map": _map(form, keys), "labelled_by": "map-heading"}
    return FoundCities(keys, render_to_string("map/uk_map.html", context), draw_filter(form))


def _map(form: DirectoryForm, keys: "array[int]") -> UkMap:
    area: BoundingBox | None = form.cleaned_data["area"]
    viewport = Viewport.on(area)
    drawn = apart(form.narrow(City.objects.published()).clusters(viewport), viewport)
    alone = [cluster.place for cluster in drawn if cluster.count == 1]
    places = City.objects.for_map().in_bulk(alone).values()
    marks = [
        ClusterMark(point, cluster.count, "" if cluster.area == area else form.address(area=cluster.area))
        for cluster, point in drawn.items()
        if cluster.count > 1
    ]
    numbered = sorted(((keys.index(place.pk) + 1, place) for place in places), key=lambda one: one[0])
    return UkMap.of(numbered, marks, viewport)
