"""The shared priorities."""

from typing import Any

from django.views.generic import ListView

from directory.models import City, Priority
from directory.views.addressed import AddressedDetailView


class PriorityListView(ListView):
    """Priorities and cities as one table."""

    queryset = Priority.objects.with_city_counts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (city, [city.aims_by_priority().get(priority) for priority in self.object_list])
            for city in City.objects.published().with_priorities()
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class PriorityDetailView(AddressedDetailView):
    """What each city says under one priority, in its own terms."""

    queryset = Priority.objects.with_page_data()
