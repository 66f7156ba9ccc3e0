"""The shared priorities."""

from django.contrib import admin

from directory.admin.slugged import SluggedAdmin
from directory.admin.spreadsheet import SpreadsheetAdmin
from directory.models import Priority


@admin.register(Priority)
class PriorityAdmin(SpreadsheetAdmin, SluggedAdmin):
    list_display = ("name", "summary", "icon", "order")
    search_fields = ("name", "summary")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "summary", ("icon", "order"))
