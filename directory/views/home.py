"""The home page."""

from typing import Any

from django.http import QueryDict
from django.views.generic import TemplateView

from directory.current_tokens import current_tokens
from directory.forms.directory import DirectoryForm
from directory.models import City, Guide, NewsItem
from directory.views.city_results import city_results
from directory.views.nation_lists import MAX_NAMED, nation_entries
from directory.views.priority_lists import PriorityEntry, PriorityMatrix, priority_entries

MAX_NEWS = 3
# The guides that the home page leads to, unless staff took them down.
INTRODUCTION = "what-is-a-learning-city"
JOINING = "how-a-city-joins"


class HomeView(TemplateView):
    """The home page: every city by name, on the map and by priority, and a way in for councils."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everything = DirectoryForm(QueryDict())
        everything.full_clean()
        results = city_results(everything, current_tokens())
        entries = priority_entries()
        return super().get_context_data(**kwargs) | {
            "results": results,
            "nations": nation_entries(),
            "entries": entries,
            "matrix": _matrix(entries) if len(results.keys) <= MAX_NAMED else None,
            "introduction": _guide(INTRODUCTION),
            "joining": _guide(JOINING),
            "explained": City.objects.published().with_explained_coordinates().first(),
            "news": NewsItem.objects.published().fresh()[:MAX_NEWS],
        }


def _matrix(entries: list[PriorityEntry]) -> PriorityMatrix:
    cities = City.objects.published().with_priorities()
    return PriorityMatrix.of(cities, [entry.priority for entry in entries])


def _guide(slug: str) -> Guide | None:
    """Return a guide, or None if staff took it down."""
    return Guide.objects.published().select_related("source").filter(slug=slug).first()
