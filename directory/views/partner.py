"""Organisations that work with cities and networks."""

from directory.models import Partner
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView


class PartnerListView(PublicListView):
    """Every organisation, with the cities and networks that it works with."""

    queryset = Partner.objects.with_page_data()
    paginate_by = 50
    title = "Partners"


class PartnerDetailView(RedirectingDetailView):
    """What one organisation is, and what it does for whom."""

    queryset = Partner.objects.with_page_data()
