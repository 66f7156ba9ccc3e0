"""Organisations, and what they do for whom."""

from django.contrib import admin

from directory.admin.addressed import AddressedAdmin
from directory.models import Partner, Partnership


class PartnershipInline(admin.StackedInline):
    model = Partnership
    extra = 0
    autocomplete_fields = ("city", "network", "source")
    fields = (("city", "network"), ("role", "order"), "description", "source")


@admin.register(Partner)
class PartnerAdmin(AddressedAdmin):
    list_display = ("name", "kind", "source")
    list_filter = ("kind", "partnerships__city", "partnerships__network")
    list_select_related = ("source",)
    search_fields = ("name", "summary")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("source",)
    inlines = (PartnershipInline,)
    fields = (("name", "slug"), "kind", "summary", "website", "source")


@admin.register(Partnership)
class PartnershipAdmin(admin.ModelAdmin):
    list_display = ("partner", "role", "city", "network", "source")
    list_filter = ("city", "network", "source")
    list_select_related = ("partner", "city", "network", "source")
    search_fields = ("partner__name", "role", "description")
    autocomplete_fields = ("partner", "city", "network", "source")
