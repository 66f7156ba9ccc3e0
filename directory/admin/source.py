"""Sources: the documents that the content cites."""

from django.contrib import admin
from django.http import HttpRequest

from directory.admin.reviewed import ReviewedAdmin, ReviewFilter
from directory.admin.slugged import SluggedAdmin
from directory.models import Source


@admin.register(Source)
class SourceAdmin(ReviewedAdmin, SluggedAdmin):
    review_date = "last_checked"
    due_heading = "Sources due for review"
    list_display = ("title", "publisher", "kind", "date", "last_checked")
    list_filter = (ReviewFilter, "kind", "publisher")
    search_fields = ("title", "publisher")
    prepopulated_fields = {"slug": ("title",)}
    fields = (
        ("title", "slug"),
        ("publisher", "kind"),
        ("date", "date_note"),
        ("url",),
        ("last_checked", "review_months"),
        "terms",
        "credits",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        """Leave the slug of a stored source alone: other sites link to it, and nothing redirects."""
        return ("slug",) if obj else ()
