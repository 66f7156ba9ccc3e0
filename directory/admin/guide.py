"""Guides, with their sections and resources."""

from django.contrib import admin

from directory.admin.desk import DeskAdmin
from directory.admin.parts import StackedParts
from directory.admin.publication import PublishableAdmin
from directory.admin.slugged import SluggedAdmin
from directory.models import Guide, GuideSection, RelatedResource
from directory.views.guide import GuideDetailView


class SectionInline(StackedParts):
    model = GuideSection
    autocomplete_fields = ("source",)
    fields = (("heading", "order"), "body", "source")


class RelatedResourceInline(StackedParts):
    model = RelatedResource
    autocomplete_fields = ("source",)
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
    inlines = (SectionInline, RelatedResourceInline)
    fields = (("title", "slug"), ("status", "live_from"), "order", "summary", "network", "source")


class OfGuideAdmin(DeskAdmin):
    """What belongs to a guide, for those who look across guides."""

    list_filter = ("guide", "source")
    list_select_related = ("guide", "source")
    autocomplete_fields = ("guide", "source")

    def view_on_site(self, record: GuideSection | RelatedResource) -> str | None:
        """The page that it stands on."""
        return record.guide.get_absolute_url() if record.guide.is_published else None


@admin.register(GuideSection)
class GuideSectionAdmin(OfGuideAdmin):
    list_display = ("heading", "guide", "order", "source")
    search_fields = ("heading", "body")


@admin.register(RelatedResource)
class RelatedResourceAdmin(OfGuideAdmin):
    list_display = ("title", "kind", "guide", "source")
    search_fields = ("title", "note")
