"""Organisations, and what they do for whom."""

from django.contrib import admin

from directory.admin.desk import DeskAdmin
from directory.admin.parts import StackedParts
from directory.admin.slugged import SluggedAdmin
from directory.admin.spreadsheet import SpreadsheetAdmin
from directory.models import Partner, Partnership


class PartnershipOfOwnerInline(StackedParts):
    """On the form of a city or a network: its partners."""

    model = Partnership
    autocomplete_fields = ("partner", "source")
    fields = (("partner", "role", "order"), "description", "source")


class PartnershipInline(StackedParts):
    """On the form of a partner: whose partner it is."""

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
class PartnershipAdmin(SpreadsheetAdmin, DeskAdmin):
    list_display = ("partner", "role", "city", "network", "source")
    list_filter = ("city", "network", "source")
    list_select_related = ("partner", "city", "network", "source")
    search_fields = ("partner__name", "role", "description")

    def view_on_site(self, partnership: Partnership) -> str:
        """The partner's page."""
        return partnership.partner.get_absolute_url()

    autocomplete_fields = ("partner", "city", "network", "source")
