"""Former slugs, which redirect."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.read_only import ReadOnlyAdmin
from directory.models import FormerSlug


@admin.register(FormerSlug)
class FormerSlugAdmin(ReadOnlyAdmin):
    """Former slugs; deleting one frees it for another record."""

    list_display = ("slug", "content_type", "target")
    list_filter = ("content_type",)
    search_fields = ("slug",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[FormerSlug]:
        """Load the records that the slugs redirect to."""
        return super().get_queryset(request).prefetch_related("target")
