"""Guides."""

from typing import Any

from directory.models import Guide
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView

MAX_OTHER_GUIDES = 4


class GuideListView(PublicListView):
    """Every guide, in the order to read them."""

    queryset = Guide.objects.published()


class GuideDetailView(RedirectingDetailView):
    """One guide, with its resources, and the other guides."""

    queryset = Guide.objects.published().with_page_data()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = Guide.objects.published().exclude(pk=self.object.pk)[:MAX_OTHER_GUIDES]
        return super().get_context_data(**kwargs) | {"other_guides": others}
