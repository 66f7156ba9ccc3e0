"""The shared priorities."""

from typing import Any

from django.views.generic.list import MultipleObjectMixin

from directory.models import City, Priority
from directory.views.lists import PublicListView
from directory.views.priority_lists import PriorityMatrix, priority_entries, related_priorities
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 50


class PriorityListView(PublicListView):
    """Every priority, and which cities work on it as one table, whose rows come page by page."""

    queryset = City.objects.published().with_priorities()
    template_name = "directory/priority_list.html"
    title = "Priorities of learning cities"
    paginate_by = PAGE_SIZE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entries = priority_entries()
        matrix = PriorityMatrix.of(context["page_obj"], [entry.priority for entry in entries])
        return context | {"entries": entries, "matrix": matrix}


class PriorityDetailView(RedirectingDetailView, MultipleObjectMixin):
    """What each city says under one priority, and which other priorities these cities have."""

    cache_parameters = PublicListView.cache_parameters
    queryset = Priority.objects.all()
    paginate_by = PAGE_SIZE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        served = self.object.published_city_priorities()
        context = super().get_context_data(object_list=served, **kwargs)
        return context | {"related": related_priorities(self.object)}
