"""What the pages of single records have in common."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView

from directory.models.former_slug import SluggedQuerySet


class RedirectingDetailView(DetailView):
    """A record's page; a former slug redirects to it, and a record without a page to where it is named."""

    cache_parameters: tuple[str, ...] = ()
    queryset: SluggedQuerySet

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or redirect permanently from a former slug. Raise Http404."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            renamed = self.queryset.formerly(self.kwargs["slug"]).first()
            if renamed is None:
                raise
            return redirect(renamed, permanent=renamed.has_page)

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """Return the page, or a temporary redirect: the record may have a page later."""
        if not self.object.has_page:
            return redirect(self.object)
        return super().render_to_response(context, **response_kwargs)
