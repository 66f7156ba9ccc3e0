"""What the content rests on."""

from typing import Any

from django.views.generic import ListView

from directory.models import Source
from directory.models.resting import resting_pages


class SourceListView(ListView):
    """Every source, and what rests on it."""

    model = Source

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resting = resting_pages()
        entries = [(source, resting.get(source.pk, [])) for source in self.object_list]
        return super().get_context_data(**kwargs) | {"entries": entries}
