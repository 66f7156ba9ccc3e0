"""The shared priorities."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404
from django.views.generic import ListView

from directory.models import City, Priority
from directory.views.addressed import AddressedDetailView

PAGE_SIZE = 50


class PriorityListView(ListView):
    """Priorities and cities as one table."""

    queryset = Priority.objects.with_city_counts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page_of_cities()
        rows = [
            (city, [city.aims_by_priority().get(priority) for priority in self.object_list]) for city in page
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "page": page,
            "previous_address": f"?page={page.number - 1}#table",
            "next_address": f"?page={page.number + 1}#table",
        }

    def page_of_cities(self) -> Page:
        """The cities of the page asked for. Raises Http404 if there is none."""
        try:
            cities = City.objects.published().with_priorities()
            return Paginator(cities, PAGE_SIZE).page(self.request.GET.get("page") or 1)
        except InvalidPage as error:
            raise Http404 from error


class PriorityDetailView(AddressedDetailView):
    """What each city says under one priority, in its own terms."""

    queryset = Priority.objects.with_page_data()
