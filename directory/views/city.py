"""The directory of cities, and each city's page."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from directory.current_tokens import current_tokens
from directory.forms.directory import DirectoryForm
from directory.models import City
from directory.views.absent_place import absent_place
from directory.views.city_groups import city_groups
from directory.views.city_results import city_results, groups_on_page, render_filter_form
from directory.views.city_surroundings import city_surroundings
from directory.views.page_citation import canonical_url
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 24


class CityListView(View):
    """The directory: filter, map and list, which always show the same cities."""

    cache_parameters = tuple(DirectoryForm.base_fields)
    template_name = "directory/city_list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = DirectoryForm(request.GET)
        if form.is_valid():
            return self.render_results(request, form)
        if url := form.url_with_present_slugs():
            return redirect(url, permanent=True)
        return self.render_errors(request, form)

    def render_results(self, request: HttpRequest, form: DirectoryForm) -> HttpResponse:
        """Render the cities asked for, or an error for a page that is not there."""
        tokens = current_tokens()
        results = city_results(form, tokens)
        try:
            page = Paginator(results.keys, PAGE_SIZE).page(form.page_number)
        except EmptyPage:
            form.add_error("page", f"There is no page {form.page_number} of this list.")
            return self.render_errors(request, form)
        context = {
            "form": form,
            "city_filter": form.city_filter,
            "results": results,
            "page_obj": page,
            "absent_place": absent_place(form.city_filter.q) if not results.keys else None,
            "groups": list(groups_on_page(results, page, form.city_filter, tokens)),
        }
        return render(request, self.template_name, context | self.urls(form, page))

    def urls(self, form: DirectoryForm, page: Page) -> dict[str, str]:
        """Return the URLs of this page of the list and of its neighbours, if any."""
        city_filter = form.city_filter
        return {
            "canonical_url": canonical_url(self.request, city_filter.url(page=page.number)),
            "previous_url": city_filter.url(page=page.number - 1) if page.has_previous() else "",
            "next_url": city_filter.url(page=page.number + 1) if page.has_next() else "",
        }

    def render_errors(self, request: HttpRequest, form: DirectoryForm) -> HttpResponse:
        """Render the errors, with no list that could be mistaken for a result."""
        context = {"form": form, "filter_form": render_filter_form(form)}
        return render(request, self.template_name, context, status=400)


class CityDetailView(RedirectingDetailView):
    """All that is known of one city, with its sources."""

    queryset = City.objects.published().with_page_data()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"gaps": self.object.gaps(), "surroundings": city_surroundings(self.object)}
        return super().get_context_data(**kwargs) | city_groups(self.object) | own
