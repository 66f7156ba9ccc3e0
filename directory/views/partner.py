"""Organisations that work with cities and networks."""

from django.views.generic import ListView

from directory.models import Partner
from directory.views.addressed import AddressedDetailView


class PartnerListView(ListView):
    """Every organisation, with whom it works."""

    queryset = Partner.objects.with_page_data()


class PartnerDetailView(AddressedDetailView):
    """What one organisation is, and what it does for whom."""

    queryset = Partner.objects.with_page_data()
