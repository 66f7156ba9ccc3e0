"""Networks of learning cities."""

from typing import Any

from directory.models import Network
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView

MAX_MEMBERS = 24


class NetworkListView(PublicListView):
    """Every network."""

    queryset = Network.objects.with_city_counts()


class NetworkDetailView(RedirectingDetailView):
    """What one network is, how large each source says it is, and who is in it."""

    queryset = Network.objects.with_page_data()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = self.object.published_memberships()
        return super().get_context_data(**kwargs) | {
            "memberships": members[:MAX_MEMBERS],
            "member_count": members.count(),
        }
