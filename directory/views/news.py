"""News."""

from typing import Any

from django.views.generic import ListView

from directory.models import NewsItem
from directory.views.addressed import AddressedDetailView


class NewsListView(ListView):
    """All news, the latest first."""

    queryset = NewsItem.objects.published()
    template_name = "directory/news_list.html"
    paginate_by = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        number = context["page_obj"].number
        return context | {
            "previous_address": f"?page={number - 1}",
            "next_address": f"?page={number + 1}",
        }


class NewsDetailView(AddressedDetailView):
    """One piece of news, and the cities it is about."""

    queryset = NewsItem.objects.published().with_page_data()
    template_name = "directory/news_detail.html"
