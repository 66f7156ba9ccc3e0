"""Guides."""

from directory.models import Guide
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView


class GuideListView(PublicListView):
    """Every guide, in the order to read them."""

    queryset = Guide.objects.published()


class GuideDetailView(RedirectingDetailView):
    """One guide, with its resources."""

    queryset = Guide.objects.published().with_page_data()
