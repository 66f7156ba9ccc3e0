"""The cities that a filter finds, with their map, the facets and the cards that pages show of them."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString

from directory.forms.city_filter import CityFilter
from directory.forms.directory import DirectoryForm
from directory.forms.facets import facets
from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import merge_overlapping
from directory.geography.uk_map import ClusterMark, UkMap
from directory.geography.viewport import Viewport
from directory.models import City, Membership, Priority
from directory.models.content_version import Tokens
from directory.views.fragments import cached_fragment, cached_fragments


@dataclass(frozen=True)
class CityResults:
    """The keys of the cities in the order asked for, their map, and the form that filters them, rendered."""

    keys: Sequence[int]
    map: SafeString
    filter_form: SafeString


def city_results(form: DirectoryForm, tokens: Tokens) -> CityResults:
    """Return what a valid form finds; it is the same for every page of the list."""
    # A search depends on every text, anything else on no more than the structure.
    token = tokens.content if form.city_filter.q else tokens.structure
    return cached_fragment("city_results", token, form.city_filter.url(), lambda: _find(form))


def render_filter_form(form: DirectoryForm) -> SafeString:
    """Return the form that filters, with the number of cities beside each choice."""
    narrowing = CityFilter() if form.errors else form.city_filter
    context = {"form": form, "facets": facets(form.city_filter, narrowing=narrowing)}
    return render_to_string("directory/includes/filter_form.html", context)


def numbered_cards(keys: Collection[int], tokens: Tokens, first: int = 1) -> list[tuple[int, SafeString]]:
    """Return the numbers and cards of these cities, without cities that no longer exist."""
    cards = cached_fragments("city_cards", tokens.content, keys, _render_cards)
    return [(number, cards[key]) for number, key in enumerate(keys, first) if key in cards]


def _render_cards(keys: list[int]) -> dict[int, SafeString]:
    template = get_template("directory/includes/city_card.html")
    cities = City.objects.in_bulk(keys)
    priorities = Priority.objects.by_city(keys)
    memberships = Membership.objects.by_city(keys)
    return {
        key: template.render(
            {"city": city, "priorities": priorities.get(key), "memberships": memberships.get(key)}
        )
        for key, city in cities.items()
    }


def _find(form: DirectoryForm) -> CityResults:
    city_filter = form.city_filter
    found = city_filter.order(city_filter.narrow(City.objects.published()))
    keys = array("q", found.values_list("pk", flat=True))
    context = {"map": _map(city_filter, keys), "labelled_by": "map-heading"}
    return CityResults(keys, render_to_string("map/uk_map.html", context), render_filter_form(form))


def _map(city_filter: CityFilter, keys: "array[int]") -> UkMap:
    viewport = Viewport.fit(city_filter.area)
    clusters = merge_overlapping(city_filter.narrow(City.objects.published()).clusters(viewport), viewport)
    alone = [cluster.any_city_pk for cluster in clusters if cluster.count == 1]
    places = City.objects.for_map().in_bulk(alone)
    # The content may have changed since the list was read: only cities that both queries found are shown.
    numbered = [(number, places[key]) for number, key in enumerate(keys, 1) if key in places]
    marks = [
        ClusterMark(point, cluster.count, _url_of(cluster.bounding_box, city_filter))
        for cluster, point in clusters.items()
        if cluster.count > 1
    ]
    return UkMap.of(numbered, marks, viewport)


def _url_of(area: BoundingBox, city_filter: CityFilter) -> str:
    """Return the URL of a cluster's area, or an empty text where zooming in shows no more."""
    return "" if area == city_filter.area else city_filter.url(area=area)
