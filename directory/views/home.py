"""The first page."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.views.generic import TemplateView

from directory.forms import DirectoryForm
from directory.models import City, Guide, NewsItem, Priority
from directory.page_cache.parts import kept
from directory.views.found_cities import FoundCities

MOST_CARDS = 12
INTRODUCTION = "what-is-a-learning-city"


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
        return FoundCities.of(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = kept(self.request, reverse("city_list"), self.all_cities)
        return super().get_context_data(**kwargs) | {
            "cities": City.objects.published().with_card_data()[:MOST_CARDS],
            "city_count": len(found.keys),
            "map": found.map,
            "priorities": kept(self.request, "priorities", lambda: list(Priority.objects.with_city_counts())),
            "guide": self.introduction(),
            "news": NewsItem.objects.published()[:3],
        }
