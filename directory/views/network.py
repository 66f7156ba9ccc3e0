"""Networks of learning cities."""

from typing import Any

from directory.models import Network, Question
from directory.views.lists import PublicListView
from directory.views.redirecting import RedirectingDetailView

MAX_MEMBERS = 24


class NetworkListView(PublicListView):
    """Every network, and a table that compares them."""

    queryset = Network.objects.with_city_counts().with_answers()
    title = "Networks of learning cities"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        answers = {
            network: {answer.question: answer for answer in network.answers.all()}
            for network in context["object_list"]
        }
        compared = [network for network in answers if answers[network]]
        rows = [
            (question.label, [(network, answers[network].get(question)) for network in compared])
            for question in Question
        ]
        return context | {"compared": compared, "rows": rows}


class NetworkDetailView(RedirectingDetailView):
    """What one network is, how large each source says it is, and who is in it."""

    queryset = Network.objects.with_page_data()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = self.object.published_memberships()
        return super().get_context_data(**kwargs) | {
            "memberships": members[:MAX_MEMBERS],
            "member_count": members.count(),
        }
