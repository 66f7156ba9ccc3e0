"""What the content rests on."""

from django.views.generic import ListView

from directory.models import Source


class SourceListView(ListView):
    """Every source, and what rests on it."""

    queryset = Source.objects.with_what_rests_on_them()
