"""News."""

from typing import Any

from django.views.generic import TemplateView

from directory.models import NewsItem
from directory.views.pages import page_context
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 20


class NewsListView(TemplateView):
    """All news, the latest first."""

    template_name = "directory/news_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_context(self.request, NewsItem.objects.published(), PAGE_SIZE)
        return super().get_context_data(**kwargs) | page


class NewsDetailView(RedirectingDetailView):
    """One piece of news, and the cities it is about."""

    queryset = NewsItem.objects.published().with_page_data()
    template_name = "directory/news_detail.html"
