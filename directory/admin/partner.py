"""Partners and their partnerships."""

from django.contrib import admin

from directory.admin.inlines import ContentInline
from directory.admin.slugged import RelatedRecordAdmin, SluggedAdmin
from directory.admin.spreadsheet import SpreadsheetAdmin
from directory.models import Partner, Partnership


class PartnershipOfOwnerInline(ContentInline):
    """The partners of a city or a network."""

    model = Partnership
    autocomplete_fields = ("partner", "source")
    fields = (("partner", "role", "order"), "description", "source")


class PartnershipInline(ContentInline):
    """The cities and networks of a partner."""

    model = Partnership
    autocomplete_fields = ("city", "network", "source")
    fields = (("city", "network"), ("role", "order"), "description", "source")


@admin.register(Partner)
class PartnerAdmin(SpreadsheetAdmin, SluggedAdmin):
    list_display = ("name", "kind", "source")
    list_filter = ("kind", "partnerships__city", "partnerships__network")
    list_select_related = ("source",)
    search_fields = ("name", "summary")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("source",)
    inlines = (PartnershipInline,)
    fields = (("name", "slug"), "kind", "summary", "website", "source")


@admin.register(Partnership)
class PartnershipAdmin(SpreadsheetAdmin, RelatedRecordAdmin):
    owner = "partner"
    list_display = ("partner", "role", "city", "network", "source")
    list_filter = ("city", "network", "source")
    list_select_related = ("partner", "city", "network", "source")
    search_fields = ("partner__name", "role", "description")
    autocomplete_fields = ("partner", "city", "network", "source")
