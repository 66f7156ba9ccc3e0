"""The first page."""

from typing import Any

from django.http import QueryDict
from django.views.generic import TemplateView

from directory.forms import DirectoryForm
from directory.models import Guide, NewsItem, Priority
from directory.page_cache.parts import PartStore
from directory.views.cards import cards
from directory.views.found_cities import FoundCities, found_cities

MAX_CARDS = 12
INTRODUCTION = "what-is-a-learning-city"

_priorities = PartStore[str, list[Priority]](most=1)


class HomeView(TemplateView):
    """What learning cities are, where they are, what they work on, and what is new."""

    template_name = "home.html"

    def introduction(self) -> Guide | None:
        """The guide that the opening words sum up, unless staff took it down."""
        try:
            return Guide.objects.published().with_page_data().get_by_natural_key(INTRODUCTION)
        except Guide.DoesNotExist:
            return None

    def all_cities(self) -> FoundCities:
        """What the directory finds when nothing is asked of it."""
        form = DirectoryForm(QueryDict())
        form.full_clean()
        return found_cities(self.request, form)

    def all_priorities(self) -> list[Priority]:
        """Every priority, with the number of its cities."""
        return list(Priority.objects.with_city_counts())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.all_cities()
        return super().get_context_data(**kwargs) | {
            "entries": enumerate(cards(self.request, found.keys[:MAX_CARDS]), 1),
            "max_cards": MAX_CARDS,
            "city_count": len(found.keys),
            "map": found.map,
            "priorities": _priorities.one(self.request, "all", self.all_priorities),
            "guide": self.introduction(),
            "news": NewsItem.objects.published()[:3],
        }
