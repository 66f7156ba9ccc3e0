"""The home page."""

from typing import Any

from django.http import QueryDict
from django.views.generic import TemplateView

from directory.current_tokens import current_tokens
from directory.forms.directory import DirectoryForm
from directory.models import Guide, NewsItem, Priority, Source
from directory.models.source import Sourced
from directory.views.city_results import city_results, numbered_cards

MAX_CARDS = 12
INTRODUCTION = "what-is-a-learning-city"


class HomeView(TemplateView):
    """What learning cities are, where they are, what they work on, and what is new."""

    cache_parameters: tuple[str, ...] = ()
    template_name = "home.html"

    def introduction(self) -> Guide | None:
        """Return the guide that the opening words sum up, unless staff took it down."""
        try:
            return Guide.objects.published().with_page_data().get_by_natural_key(INTRODUCTION)
        except Guide.DoesNotExist:
            return None

    def guide_sources(self, guide: Guide | None) -> list[Source]:
        """Return each source that the guide cites once, in the order of its page."""
        if guide is None:
            return []
        statements: list[Sourced] = [guide, *guide.sections.all(), *guide.resources.all()]
        return list(dict.fromkeys(statement.source for statement in statements))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everything = DirectoryForm(QueryDict())
        everything.full_clean()
        tokens = current_tokens()
        results = city_results(everything, tokens)
        guide = self.introduction()
        return super().get_context_data(**kwargs) | {
            "entries": numbered_cards(results.keys[:MAX_CARDS], tokens),
            "max_cards": MAX_CARDS,
            "city_count": len(results.keys),
            "results": results,
            "priorities": Priority.objects.with_city_counts(),
            "guide": guide,
            "guide_sources": self.guide_sources(guide),
            "news": NewsItem.objects.published()[:3],
        }
