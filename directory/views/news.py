"""News."""

from directory.models import NewsItem
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView


class NewsListView(PublicListView):
    """All news, the latest first."""

    queryset = NewsItem.objects.published()
    template_name = "directory/news_list.html"
    paginate_by = 20


class NewsDetailView(RedirectingDetailView):
    """One piece of news, and the cities it is about."""

    queryset = NewsItem.objects.published().with_page_data()
    template_name = "directory/news_detail.html"
