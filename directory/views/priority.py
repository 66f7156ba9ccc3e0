"""The shared priorities."""

from typing import Any

from django.views.generic.list import MultipleObjectMixin

from directory.models import City, Priority
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView

PAGE_SIZE = 50


class PriorityListView(PublicListView):
    """Every priority, and which cities work on it as one table, whose rows come page by page."""

    queryset = City.objects.published().with_priorities()
    template_name = "directory/priority_list.html"
    title = "Priorities"
    paginate_by = PAGE_SIZE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        priorities = list(Priority.objects.with_city_counts())
        rows = [
            (city, [city.city_priorities_by_priority().get(priority) for priority in priorities])
            for city in context["page_obj"]
        ]
        return context | {"priorities": priorities, "rows": rows}


class PriorityDetailView(RedirectingDetailView, MultipleObjectMixin):
    """What each city says under one priority."""

    cache_parameters = PublicListView.cache_parameters
    queryset = Priority.objects.all()
    paginate_by = PAGE_SIZE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(object_list=self.object.published_city_priorities(), **kwargs)
