"""What the lists of pages have in common."""

from typing import Any

from django.views.generic import ListView

from directory.views.page_citation import canonical_url, citation_context


class PublicListView(ListView):
    """A list, page by page where it can be long; cited by its title if it has one."""

    cache_parameters: tuple[str, ...] = (ListView.page_kwarg,)
    title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the canonical URL, and how the page is cited."""
        context = super().get_context_data(**kwargs)
        page = context.get("page_obj")
        if not self.title:
            return context | {"canonical_url": canonical_url(self.request, page=page)}
        return context | citation_context(self.request, self.title, page=page)
