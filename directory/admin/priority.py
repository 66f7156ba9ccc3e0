"""The shared priorities."""

from django.contrib import admin

from directory.admin.addressed import AddressedAdmin
from directory.models import Priority


@admin.register(Priority)
class PriorityAdmin(AddressedAdmin):
    list_display = ("name", "summary", "icon", "order")
    search_fields = ("name", "summary")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "summary", ("icon", "order"))
