"""What the pages of single records have in common."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView

from directory.models.former_slug import SluggedQuerySet
from directory.views.page_citation import citation_context


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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the page is cited: by the record's own URL, even where a preview is elsewhere."""
        context = super().get_context_data(**kwargs)
        return context | citation_context(
            self.request,
            str(self.object),
            path=self.object.get_absolute_url(),
            page=context.get("page_obj"),
            reviewed=getattr(self.object, "last_reviewed", None),
        )
