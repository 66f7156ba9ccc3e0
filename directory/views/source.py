"""The sources of the content."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from directory.models import City, Source, SourceKind
from directory.models.citations import CitingPages, citing_pages
from directory.views.lists import PublicListView

MAX_IN_LINE = 3


@dataclass(frozen=True)
class SourceEntry:
    """A source, the pages that cite it, and the cities of which it prints coordinates."""

    source: Source
    citing_pages: list[CitingPages]
    cities: list[City]

    @property
    def statements(self) -> int:
        """Return how many statements on all pages cite it."""
        return sum(pages.statements for pages in self.citing_pages)

    @property
    def most_used_on(self) -> list[tuple[Model, int]]:
        """Return the pages with the most statements that cite it, each with their number."""
        named = [page for pages in self.citing_pages for page in pages.named]
        return sorted(named, key=lambda page: -page[1])[:MAX_IN_LINE]

    @property
    def other_pages(self) -> int:
        """Return how many more pages cite it."""
        pages = sum(len(pages.named) + pages.more for pages in self.citing_pages)
        return pages - len(self.most_used_on)


class SourceListView(PublicListView):
    """Every source, the pages that cite it, and the coordinates that it prints."""

    model = Source
    title = "Sources of this directory"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = citing_pages()
        cities = City.objects.published().by_source_of_coordinates()
        entries = [
            SourceEntry(source, pages.get(source.pk, []), cities.get(source.pk, []))
            for source in self.object_list
        ]
        # The most used document first, and a gazetteer last: it is no document about learning cities.
        entries.sort(key=lambda one: (one.source.kind == SourceKind.GAZETTEER, -one.statements))
        return super().get_context_data(**kwargs) | {"entries": entries}
