"""The sources of the content."""

from typing import Any

from directory.models import City, Source
from directory.models.citations import citing_pages
from directory.views.lists import PublicListView


class SourceListView(PublicListView):
    """Every source, the pages that cite it, and the coordinates that it prints."""

    model = Source
    title = "Sources"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = citing_pages()
        cities = City.objects.published().by_source_of_coordinates()
        entries = [
            (source, pages.get(source.pk, []), cities.get(source.pk, [])) for source in self.object_list
        ]
        return super().get_context_data(**kwargs) | {"entries": entries}
