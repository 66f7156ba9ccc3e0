"""The base of admins whose records are reviewed from time to time."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from directory.models.review import due


class ReviewFilter(admin.SimpleListFilter):
    """Filters a list by what is due for review."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Due")]

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: "ReviewedAdmin") -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return self.model_admin.due_for_review(queryset) if self.value() else queryset


class ReviewedAdmin(admin.ModelAdmin):
    """A kind of record that is reviewed from time to time."""

    # The field that holds the day of the last review, and the heading of the list of what is due.
    review_date: ClassVar[str]
    due_heading: ClassVar[str]
    actions: ClassVar = ["mark_reviewed"]

    def due_for_review(self, records: QuerySet) -> QuerySet:
        """Return those of the records that are due for review today."""
        return due(records, self.review_date, timezone.localdate())

    def with_review_data(self, records: QuerySet) -> QuerySet:
        """Return the records with what the first page shows for their review; by default nothing more."""
        return records

    @admin.action(description="Mark as reviewed today", permissions=["change"])
    def mark_reviewed(self, request: HttpRequest, records: QuerySet) -> None:
        """Set today as the day of the last review."""
        today = timezone.localdate()
        # Each is saved by itself, so that its history names the user.
        changed = list(records.exclude(**{self.review_date: today}))
        for record in changed:
            setattr(record, self.review_date, today)
            record._change_reason = "Reviewed"
            record.save()
        messages.success(request, f"Marked as reviewed today: {len(changed)}.")

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the button on the first page, before Django's, which match any path."""
        view = self.admin_site.admin_view(self.mark_reviewed_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_mark_reviewed"
        return [path("mark-reviewed/", view, name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def mark_reviewed_view(self, request: HttpRequest) -> HttpResponse:
        """Set the day of the last review for the records that were ticked on the first page."""
        if self.has_change_permission(request):
            keys = [key for key in request.POST.getlist("reviewed") if key.isdecimal()]
            self.mark_reviewed(request, self.model._default_manager.filter(pk__in=keys))
        else:
            messages.error(request, "You do not have permission to change these records.")
        return redirect("admin:index")
