"""The documents that the content rests on."""

from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from directory.admin.desk import DeskAdmin
from directory.admin.review import ReviewedAdmin, ReviewFilter
from directory.models import Source


@admin.register(Source)
class SourceAdmin(ReviewedAdmin, DeskAdmin):
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
        """Let the slug of what is there stand: other sites link to it."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Source | None = None
    ) -> dict[str, Sequence[str]]:
        """Propose a slug for what is new."""
        return {} if obj else dict(self.prepopulated_fields)

    def view_on_site(self, source: Source) -> str:
        """Its entry on the page of sources."""
        return source.get_absolute_url()
