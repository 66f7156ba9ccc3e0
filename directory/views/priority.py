"""The shared priorities."""

from typing import Any

from django.views.generic import ListView

from directory.models import City, Priority
from directory.views.pages import page_context
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 50


class PriorityListView(ListView):
    """Priorities and cities as one table."""

    queryset = Priority.objects.with_city_counts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cities = City.objects.published().with_priorities()
        page = page_context(self.request, cities, PAGE_SIZE, place="#table")
        rows = [
            (city, [city.city_priorities_by_priority().get(priority) for priority in self.object_list])
            for city in page["page"]
        ]
        return super().get_context_data(**kwargs) | page | {"rows": rows}


class PriorityDetailView(RedirectingDetailView):
    """What each city says under one priority, in its own terms."""

    queryset = Priority.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_context(self.request, self.object.public_aims(), PAGE_SIZE)
        return super().get_context_data(**kwargs) | page
