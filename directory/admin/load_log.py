"""The load log: which records came from the fixtures."""

from django.contrib import admin

from directory.admin.read_only import ReadOnlyAdmin
from directory.models import LoadedRecord


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ReadOnlyAdmin):
    """Loaded records; deleting one lets it be loaded again."""

    list_display = ("model", "natural_key")
    list_filter = ("model",)
    search_fields = ("natural_key",)
