"""The cities that a filter finds, with their map, the facets and the cards that pages show of them."""

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString

from directory.forms.city_filter import CityFilter
from directory.forms.directory import DirectoryForm
from directory.forms.facets import facets
from directory.models import City, Membership, Priority
from directory.models.content_version import Tokens
from directory.views.city_map import render_city_map
from directory.views.fragments import cached_fragment, cached_fragments


@dataclass(frozen=True)
class ResultGroup:
    """Cities that follow each other in the list: what they have in common, and how many they are.

    What they have in common is the number of the selected priorities that they work on, or the year in which
    they joined; None if there is nothing to tell them apart.
    """

    value: int | None
    city_count: int


@dataclass(frozen=True)
class CityResults:
    """The keys of the cities in the order asked for, and their groups; the map and the form, rendered."""

    keys: Sequence[int]
    published_count: int
    groups: Sequence[ResultGroup]
    map: SafeString
    filter_form: SafeString


def city_results(form: DirectoryForm, tokens: Tokens) -> CityResults:
    """Return what a valid form finds; it is the same for every page of the list."""
    # A search depends on every text, anything else on no more than the structure.
    token = tokens.content if form.city_filter.q else tokens.structure
    return cached_fragment("city_results", token, form.city_filter.url(), lambda: _find(form))


def render_filter_form(form: DirectoryForm) -> SafeString:
    """Return the form that filters, with the number of cities beside each choice."""
    selected = form.city_filter
    narrowing = CityFilter() if form.errors else selected
    *open_facets, network_facet = facets(selected, narrowing=narrowing)
    context = {
        "form": form,
        "open_facets": open_facets,
        "network_facet": network_facet,
        "choice_count": len(selected.priorities) + len(selected.networks) + len(selected.nations),
    }
    return render_to_string("directory/includes/filter_form.html", context)


def groups_on_page(
    results: CityResults, page: Page, city_filter: CityFilter, tokens: Tokens
) -> Iterator[tuple[ResultGroup, list[SafeString]]]:
    """Return the groups of which this page of the list shows cities, each with the cards of these cities."""
    cards = city_cards(list(page), tokens, city_filter.priorities)
    first, start = page.start_index() - 1, 0
    for group in results.groups:
        stop = start + group.city_count
        shown = page.object_list[max(start - first, 0) : max(stop - first, 0)]
        if shown:
            yield group, [cards[key] for key in shown if key in cards]
        start = stop


def city_cards(
    keys: Collection[int], tokens: Tokens, selected: Sequence[Priority] = ()
) -> dict[int, SafeString]:
    """Return the cards of these cities, without cities that no longer exist.

    A card says what the city does for the selected priorities, if there are any.
    """
    slugs = tuple(priority.slug for priority in selected)
    names = {(key, slugs): key for key in keys}
    cards = cached_fragments(
        "city_cards",
        tokens.content,
        names,
        lambda missing: {
            (key, slugs): card for key, card in _render_cards([key for key, _ in missing], selected).items()
        },
    )
    return {names[name]: card for name, card in cards.items()}


def _render_cards(keys: list[int], selected: Sequence[Priority]) -> dict[int, SafeString]:
    template = get_template("directory/includes/city_card.html")
    cities = City.objects.with_priorities().in_bulk(keys)
    memberships = Membership.objects.filter(date__isnull=False).by_city(keys)
    return {
        key: template.render(
            {
                "city": city,
                "matches": city.matches(selected),
                "others": [one for one in city.shared_priorities if one not in selected],
                "memberships": memberships.get(key),
            }
        )
        for key, city in cities.items()
    }


def _find(form: DirectoryForm) -> CityResults:
    city_filter = form.city_filter
    ordered = city_filter.order(city_filter.narrow(City.objects.published()))
    found = ordered.values_list("pk", "group")
    keys = array("q", (key for key, _ in found))
    groups = [
        ResultGroup(value, len(list(cities))) for value, cities in groupby(found, key=lambda row: row[1])
    ]
    return CityResults(
        keys,
        City.objects.published().count(),
        groups,
        render_city_map(city_filter, keys),
        render_filter_form(form),
    )
