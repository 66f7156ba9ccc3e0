"""The history at the desk: what changed, and two clicks to bring it back."""

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

from directory.history.bringing_back import bring_back, bring_back_deleted
from directory.history.states import DELETED, key_of, name_of, states_of, user_of
from directory.history.timeline import Parts, timeline

MAX_DELETED = 200


class HistoryAdmin(admin.ModelAdmin):
    """Adds the history of a record, and the list of those that were deleted."""

    change_list_template = "admin/desk/change_list.html"

    def parts(self) -> Parts:
        """What the history of a record tells beside the record itself."""
        return ()

    def may_bring_back(self, request: HttpRequest) -> bool:
        """Whether this member of staff may undo what others did, what is published included."""
        return self.has_delete_permission(request) and self.has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        """The desk's own addresses, before Django's, which take everything for a key."""
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        back, back_deleted = view(self.bring_back_view), view(self.bring_back_deleted_view)
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<str:token>/", back_deleted, name=f"{name}_bring_back_deleted"),
            path("<path:object_id>/history/<str:token>/", back, name=f"{name}_bring_back"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything that happened to the record and its parts, the latest first."""
        record = self._record(request, object_id)
        context = self.admin_site.each_context(request) | {
            "title": f"History of {record}",
            "record": record,
            "change_sets": timeline(self.model, record.pk, self.parts()),
            "opts": self.opts,
            "may_bring_back": self.may_bring_back(request),
        }
        return render(request, "admin/desk/history.html", context)

    @method_decorator(require_POST)
    def bring_back_view(self, request: HttpRequest, object_id: str, token: str) -> HttpResponse:
        """Give the record and its parts the state in which one change left them."""
        record = self._record(request, object_id)
        self._ask_permission(request)
        try:
            bring_back(self.model, record.pk, token, self.parts())
        except LookupError as error:
            raise Http404 from error
        except (ValidationError, DatabaseError) as error:
            messages.error(request, f"Nothing was changed: {_reason(error)}")
        else:
            messages.success(request, f"{record} is again as it was then. This, too, can be undone.")
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return redirect(reverse(name, args=[record.pk]))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The records that were deleted, the latest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        there = {f"{self.opts.pk.name}__in": self.model._default_manager.values("pk")}
        gone = states_of(self.model, history_type=DELETED).exclude(**there)
        latest = {key_of(state): state for state in gone}
        context = self.admin_site.each_context(request) | {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "deleted": [
                (state, name_of(state), user_of(state))
                for state in list(reversed(latest.values()))[:MAX_DELETED]
            ],
            "opts": self.opts,
            "may_bring_back": self.may_bring_back(request),
        }
        return render(request, "admin/desk/deleted.html", context)

    @method_decorator(require_POST)
    def bring_back_deleted_view(self, request: HttpRequest, token: str) -> HttpResponse:
        """Make what one change deleted again, with all that belonged to it."""
        self._ask_permission(request)
        try:
            bring_back_deleted(token)
        except (ValidationError, DatabaseError) as error:
            messages.error(request, f"Nothing was brought back: {_reason(error)}")
        else:
            messages.success(request, "Brought back, with all that belonged to it.")
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _record(self, request: HttpRequest, object_id: str) -> Any:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _ask_permission(self, request: HttpRequest) -> None:
        if not self.may_bring_back(request):
            raise PermissionDenied


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return "what it needs is not there any more, or another record has its place."
