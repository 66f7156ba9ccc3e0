"""The history of records in the admin, and the list of deleted records."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from directory.history.restore import restore_deleted, revert
from directory.history.timeline import timeline
from directory.history.versions import DELETED, RelatedModels, key_of, name_of, user_of, versions_of

MAX_DELETED = 200


class HistoryAdmin(admin.ModelAdmin):
    """An admin with the history of each record and a list of deleted records."""

    change_list_template = "admin/content/change_list.html"

    def related_models(self) -> RelatedModels:
        """Return the models whose changes are part of a record's history."""
        return ()

    def may_restore(self, request: HttpRequest) -> bool:
        """Return whether the user may restore versions and deleted records, published ones included."""
        return self.has_delete_permission(request) and self.has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        """Add the URLs of the history, before Django's, which match any path."""
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<str:token>/", view(self.restore_deleted_view), name=f"{name}_restore_deleted"),
            path("<path:object_id>/history/<str:token>/", view(self.revert_view), name=f"{name}_revert"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Render all changes of a record and its related records, the latest first."""
        record = self._record(request, object_id)
        context = self.admin_site.each_context(request) | {
            "title": f"History of {record}",
            "record": record,
            "change_sets": timeline(self.model, record.pk, self.related_models()),
            "opts": self.opts,
            "may_restore": self.may_restore(request),
        }
        return render(request, "admin/content/history.html", context)

    @method_decorator(require_POST)
    def revert_view(self, request: HttpRequest, object_id: str, token: str) -> HttpResponse:
        """Revert a record and its related records to what they were after one change set."""
        record = self._record(request, object_id)
        self._require_permission(request)
        try:
            revert(self.model, record.pk, token, self.related_models())
        except LookupError as error:
            raise Http404 from error
        except (ValidationError, DatabaseError) as error:
            messages.error(request, f"Nothing was changed: {_reason(error)}")
        else:
            messages.success(
                request, f"{record} was restored to that version. You can undo this in the same way."
            )
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return redirect(reverse(name, args=[record.pk]))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Render the list of deleted records, the latest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        existing = {f"{self.opts.pk.name}__in": self.model._default_manager.values("pk")}
        deletions = versions_of(self.model, history_type=DELETED).exclude(**existing)
        latest = {key_of(deletion): deletion for deletion in deletions}
        context = self.admin_site.each_context(request) | {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "deleted": [
                (deletion, name_of(deletion), user_of(deletion))
                for deletion in list(reversed(latest.values()))[:MAX_DELETED]
            ],
            "opts": self.opts,
            "may_restore": self.may_restore(request),
        }
        return render(request, "admin/content/deleted.html", context)

    @method_decorator(require_POST)
    def restore_deleted_view(self, request: HttpRequest, token: str) -> HttpResponse:
        """Restore what one change set deleted, with its related records."""
        self._require_permission(request)
        try:
            restore_deleted(token)
        except (ValidationError, DatabaseError) as error:
            messages.error(request, f"Nothing was restored: {_reason(error)}")
        else:
            messages.success(request, "Restored, with its related records.")
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _record(self, request: HttpRequest, object_id: str) -> Any:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _require_permission(self, request: HttpRequest) -> None:
        if not self.may_restore(request):
            raise PermissionDenied


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return "a record that it needs no longer exists, or another record has taken its place."
