"""Organisations that work with cities and networks."""

from directory.models import Partner, Partnership
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView


class PartnerListView(PublicListView):
    """Every organisation under the cities and networks that it works with."""

    queryset = Partnership.objects.published().by_owner().select_related("partner")
    template_name = "directory/partner_list.html"
    paginate_by = 50
    title = "Partners of learning cities"


class PartnerDetailView(RedirectingDetailView):
    """What one organisation is, and what it does for whom."""

    queryset = Partner.objects.published().with_page_data()
