"""Organisations that work with cities and networks."""

from typing import Any

from django.views.generic import TemplateView

from directory.models import Partner
from directory.views.pages import page_context
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 50


class PartnerListView(TemplateView):
    """Every organisation, with whom it works."""

    template_name = "directory/partner_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_context(self.request, Partner.objects.with_page_data(), PAGE_SIZE)
        return super().get_context_data(**kwargs) | page


class PartnerDetailView(RedirectingDetailView):
    """What one organisation is, and what it does for whom."""

    queryset = Partner.objects.with_page_data()
