"""What the site itself remembers: old addresses, and what was loaded from the fixtures."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.models import FormerSlug, LoadedRecord


class ReadOnlyAdmin(admin.ModelAdmin):
    """Records that the site keeps by itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(FormerSlug)
class FormerSlugAdmin(ReadOnlyAdmin):
    """Old addresses; deleting one frees it for another record."""

    list_display = ("slug", "content_type", "target")
    list_filter = ("content_type",)
    search_fields = ("slug",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[FormerSlug]:
        """Load what each old address leads to."""
        return super().get_queryset(request).prefetch_related("target")


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ReadOnlyAdmin):
    """The ledger of loaded records; deleting one lets it be loaded again."""

    list_display = ("model", "natural_key")
    list_filter = ("model",)
    search_fields = ("natural_key",)
