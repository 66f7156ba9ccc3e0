"""The home page."""

from typing import Any

from django.http import QueryDict
from django.views.generic import TemplateView

from directory.current_tokens import current_tokens
from directory.forms.directory import DirectoryForm
from directory.models import Guide, NewsItem, Priority
from directory.views.city_results import city_cards, city_results

MAX_CARDS = 12
INTRODUCTION = "what-is-a-learning-city"


class HomeView(TemplateView):
    """The home page: what learning cities are, where they are, their priorities, guides and news."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everything = DirectoryForm(QueryDict())
        everything.full_clean()
        tokens = current_tokens()
        results = city_results(everything, tokens)
        guides = Guide.objects.published().select_related("source")
        return super().get_context_data(**kwargs) | {
            "entries": list(enumerate(city_cards(results.keys[:MAX_CARDS], tokens).values(), 1)),
            "max_cards": MAX_CARDS,
            "city_count": len(results.keys),
            "results": results,
            "priorities": Priority.objects.with_city_counts(),
            "guides": guides,
            # The guide that the opening words sum up, unless staff took it down.
            "introduction": next((guide for guide in guides if guide.slug == INTRODUCTION), None),
            "news": NewsItem.objects.published()[:3],
        }
