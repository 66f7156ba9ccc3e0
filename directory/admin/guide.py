"""Guides and their related records."""

from django.contrib import admin

from directory.admin.inlines import ContentInline, SectionInline
from directory.admin.publishable import PublishableAdmin
from directory.admin.slugged import RelatedRecordAdmin, SluggedAdmin
from directory.models import Guide, GuideSection, RelatedResource
from directory.views.guide import GuideDetailView


class GuideSectionInline(SectionInline):
    model = GuideSection


class RelatedResourceInline(ContentInline):
    model = RelatedResource
    fields = (("title", "kind", "order"), ("note", "url"), "source")


@admin.register(Guide)
class GuideAdmin(PublishableAdmin, SluggedAdmin):
    page = GuideDetailView
    list_display = ("title", "state", "network", "order")
    list_filter = ("status", "network")
    list_select_related = ("network",)
    search_fields = ("title", "summary")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("network", "source")
    inlines = (GuideSectionInline, RelatedResourceInline)
    fields = (
        ("title", "slug"),
        ("status", "live_from"),
        "order",
        "summary",
        "next_step",
        "network",
        "source",
    )


class OfGuideAdmin(RelatedRecordAdmin):
    """A kind of record that belongs to a guide."""

    owner = "guide"
    list_filter = ("guide", "source")
    list_select_related = ("guide", "source")
    autocomplete_fields = ("guide", "source")


@admin.register(GuideSection)
class GuideSectionAdmin(OfGuideAdmin):
    list_display = ("heading", "guide", "order", "source")
    search_fields = ("heading", "body")


@admin.register(RelatedResource)
class RelatedResourceAdmin(OfGuideAdmin):
    list_display = ("title", "kind", "guide", "source")
    search_fields = ("title", "note")
