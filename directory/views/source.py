"""The sources of the content."""

from typing import Any

from directory.models import Source
from directory.models.citations import citing_pages
from directory.views.lists import PublicListView


class SourceListView(PublicListView):
    """Every source, and the pages that cite it."""

    model = Source

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = citing_pages()
        entries = [(source, pages.get(source.pk, [])) for source in self.object_list]
        return super().get_context_data(**kwargs) | {"entries": entries}
