"""Networks of learning cities."""

from django.views.generic import ListView

from directory.models import Network
from directory.views.addressed import AddressedDetailView


class NetworkListView(ListView):
    """Every network."""

    queryset = Network.objects.with_city_counts()


class NetworkDetailView(AddressedDetailView):
    """What one network is, how large each source says it is, and who is in it."""

    queryset = Network.objects.with_page_data()
