"""News items."""

from django.contrib import admin

from directory.admin.publishable import PublishableAdmin
from directory.admin.slugged import SluggedAdmin
from directory.models import NewsItem
from directory.views.news import NewsDetailView


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin, SluggedAdmin):
    page = NewsDetailView
    list_display = ("title", "happened_on", "state", "source")
    list_filter = ("status", "cities", "network")
    list_select_related = ("source",)
    search_fields = ("title", "summary", "body")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("cities", "network", "source")
    date_hierarchy = "happened_on"
    fields = (
        ("title", "slug"),
        ("status", "live_from"),
        "happened_on",
        "summary",
        "body",
        "cities",
        "network",
        ("published_on", "published_precision"),
        "source",
    )
