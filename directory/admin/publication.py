"""Draft, preview, publish, schedule."""

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
    """A record that is written as a draft, looked at, and then published by those who may."""

    # The view of its public page, which draws the preview too.
    page: ClassVar[type[RedirectingDetailView]]

    @admin.display(description="state", ordering="status")
    def state(self, record: PublishableModel) -> str:
        """Draft, live, or from when on."""
        if record.status == Status.PUBLISHED and not record.is_published and record.live_from:
            return f"Live from {date_format(timezone.localtime(record.live_from), 'j F Y, H:i')}"
        return "Live" if record.is_published else "Draft"

    def may_publish(self, request: HttpRequest) -> bool:
        """Whether this member of staff decides what the public sees."""
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Those who may not publish see the state, and cannot change it."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if self.may_publish(request) else (*fields, "status", "live_from")

    def get_urls(self) -> list[URLPattern]:
        """The preview's address, before Django's, which take everything for a key."""
        view = self.admin_site.admin_view(self.preview_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<int:key>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """The page as the public would see it if it were live now. Raises Http404, PermissionDenied."""
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
        """Add the way to the preview."""
        if obj is not None:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
            context["preview_address"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
