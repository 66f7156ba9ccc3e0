"""The base of admins whose records are drafted, previewed, published and scheduled."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from directory.models.publication import PublishableModel, Status
from directory.views.redirecting import RedirectingDetailView


class PublishableAdmin(admin.ModelAdmin):
    """A kind of record that is published by users with the permission to do so."""

    # The view of the public page, which renders the preview too.
    page: ClassVar[type[RedirectingDetailView]]

    @admin.display(description="state", ordering="status")
    def state(self, record: PublishableModel) -> str:
        """Return whether the public sees the record, or from when on."""
        if record.status == Status.PUBLISHED and not record.is_published and record.live_from:
            return f"Live from {date_format(timezone.localtime(record.live_from), 'j F Y, H:i')}"
        return "Live" if record.is_published else "Draft"

    def may_publish(self, request: HttpRequest) -> bool:
        """Return whether the user may publish records."""
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Add the status and schedule for users who may not publish."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if self.may_publish(request) else (*fields, "status", "live_from")

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the preview, before Django's, which match any path."""
        view = self.admin_site.admin_view(self.preview_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<int:key>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Render the public page as if the record were live. Raise Http404 or PermissionDenied."""
        record = self.model._default_manager.filter(pk=key).first()
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        everything: Any = self.model._default_manager
        view = self.page(queryset=everything.with_page_data())
        view.setup(request, slug=record.slug)
        response = view.get(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Add the URL of the preview."""
        if obj is not None:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
            context["preview_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
