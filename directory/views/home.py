"""The first page."""

from typing import Any

from django.views.generic import TemplateView

from directory.geography.uk_map import UkMap
from directory.models import City, Guide, NewsItem, Priority

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cities = City.objects.published()
        return super().get_context_data(**kwargs) | {
            "cities": cities.with_card_data()[:MOST_CARDS],
            "map": UkMap.of(cities.for_map()),
            "priorities": Priority.objects.with_city_counts(),
            "guide": self.introduction(),
            "news": NewsItem.objects.published()[:3],
        }
