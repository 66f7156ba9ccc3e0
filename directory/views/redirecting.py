"""What all pages of one record have in common."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView

from directory.models.former_slug import SluggedQuerySet


class RedirectingDetailView(DetailView):
    """A record's page; an address that it once had redirects to the present one."""

    cache_parameters: tuple[str, ...] = ()
    queryset: SluggedQuerySet

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with a permanent redirect to where it is now. Raises Http404."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            renamed = self.queryset.formerly(self.kwargs["slug"]).first()
            if renamed is None:
                raise
            return redirect(renamed, permanent=True)
