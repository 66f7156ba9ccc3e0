"""The directory of cities, and each city's page."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from directory.forms import DirectoryForm
from directory.geography.uk_map import UkMap
from directory.models import City
from directory.views.cards import cards
from directory.views.found_cities import draw_filter, found_cities
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 24
NEAREST = 4
SHARING = 6
MAX_NEIGHBOURS = 12


class CityListView(View):
    """The directory: filter, map and list, which always show the same cities."""

    template_name = "directory/city_list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = DirectoryForm(request.GET)
        if form.is_valid():
            return self.result(request, form)
        if address := form.address_with_current_slugs():
            return redirect(address, permanent=True)
        return self.refusal(request, form)

    def result(self, request: HttpRequest, form: DirectoryForm) -> HttpResponse:
        """The cities asked for, or a refusal of a page that is not there."""
        found = found_cities(request, form)
        try:
            page = Paginator(found.keys, PAGE_SIZE).page(form.cleaned_data["page"] or 1)
        except EmptyPage:
            form.add_error("page", f"There is no page {form.cleaned_data['page']} of this list.")
            return self.refusal(request, form)
        entries = enumerate(cards(request, page), page.start_index())
        context = {"form": form, "filter": found.filter, "map": found.map, "page": page, "entries": entries}
        return render(request, self.template_name, context | self.addresses(form, page))

    def addresses(self, form: DirectoryForm, page: Page) -> dict[str, str]:
        """The address of this page of the list, and of its neighbours where there are any."""
        return {
            "address": form.address(page=page.number),
            "address_of_whole_map": next(
                (one.address_without for one in form.chosen() if one.name == "area"), ""
            ),
            "previous_address": form.address(page=page.number - 1) if page.has_previous() else "",
            "next_address": form.address(page=page.number + 1) if page.has_next() else "",
        }

    def refusal(self, request: HttpRequest, form: DirectoryForm) -> HttpResponse:
        """What was wrong, by name, and no list that could pass for a result."""
        context = {"form": form, "filter": draw_filter(form)}
        return render(request, self.template_name, context, status=400)


class CityDetailView(RedirectingDetailView):
    """All that is known of one city, with its sources."""

    queryset = City.objects.published().with_page_data()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        city = self.object
        others = City.objects.published().exclude(pk=city.pk)
        near = others.nearest_to(city.position, MAX_NEIGHBOURS).for_map()
        nearest = sorted((city.kilometres_to(other), other.name, other) for other in near)
        return super().get_context_data(**kwargs) | {
            "map": UkMap.around(city, near),
            "nearest": [(distance, other) for distance, _, other in nearest[:NEAREST]],
            "sharing": others.sharing_priorities_with(city, SHARING),
        }
