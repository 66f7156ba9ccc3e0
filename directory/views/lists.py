"""What the lists of pages have in common."""

from django.views.generic import ListView


class PublicListView(ListView):
    """A list, page by page where it can be long."""

    cache_parameters: tuple[str, ...] = (ListView.page_kwarg,)
