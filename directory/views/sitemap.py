"""What search engines are shown: every page of the site."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, get_resolver, reverse

from directory.models import CONTENT
from directory.models.former_slug import SluggedModel


class PageSitemap(Sitemap):
    """The pages that are always there: those whose URLs need no slug."""

    def items(self) -> list[str]:
        patterns: list[Any] = get_resolver("directory.urls").url_patterns
        return [pattern.name for pattern in patterns if _is_page(pattern)]

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(Sitemap):
    """The pages of the records of one kind."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def items(self) -> QuerySet:
        records: QuerySet = self.model.objects.with_page().order_by("slug")
        return records


SITEMAPS: dict[str, Any] = {"pages": PageSitemap()} | {
    str(model._meta.model_name): RecordSitemap(model) for model in CONTENT if issubclass(model, SluggedModel)
}


def sitemap(request: HttpRequest) -> HttpResponse:
    """Return sitemap.xml."""
    return sitemap_view(request, SITEMAPS)


sitemap.cache_parameters = ()  # type: ignore[attr-defined]


def _is_page(pattern: URLPattern) -> bool:
    route = str(pattern.pattern)
    return not pattern.pattern.converters and (not route or route.endswith("/"))
