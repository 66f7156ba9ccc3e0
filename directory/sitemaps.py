"""What search engines are shown."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from directory.models import City, Guide, Network, NewsItem, Partner, Priority

PAGES = (
    "home",
    "city_list",
    "priority_list",
    "network_list",
    "partner_list",
    "guide_list",
    "news_list",
    "source_list",
    "about",
    "accessibility",
    "privacy",
)


class PageSitemap(Sitemap):
    """The pages that are always there."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(Sitemap):
    """A page for each of these records."""

    def __init__(self, records: QuerySet) -> None:
        self.records = records

    def items(self) -> QuerySet:
        return self.records.order_by("slug")


SITEMAPS = {
    "pages": PageSitemap(),
    "cities": RecordSitemap(City.objects.published()),
    "priorities": RecordSitemap(Priority.objects.all()),
    "networks": RecordSitemap(Network.objects.all()),
    "partners": RecordSitemap(Partner.objects.all()),
    "guides": RecordSitemap(Guide.objects.published()),
    "news": RecordSitemap(NewsItem.objects.published()),
}
