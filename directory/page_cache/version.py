"""What the content is at this moment: its revision, and what has come to show by now."""

from datetime import UTC, datetime

from django.db.models import Max, Min, Q
from django.db.models.functions import Now

from directory.models import City, Guide, NewsItem, Revision

SCHEDULED = (City, Guide, NewsItem)
NEVER = datetime.max.replace(tzinfo=UTC)


class ContentVersion:
    """Knows the moments from which records show; asks again when the content has moved, or one has passed."""

    def __init__(self) -> None:
        self._seen = ("", "", NEVER)

    def current(self) -> str | None:
        """A name for the content as the public sees it now; None in a database that is not prepared."""
        revision = Revision.objects.current()
        seen, latest, following = self._seen
        if revision is not None and (revision != seen or datetime.now(UTC) >= following):
            latest, following = _moments()
            self._seen = (revision, latest, following)
        return revision and f"{revision}{latest}"


def _moments() -> tuple[str, datetime]:
    """The latest moment that has passed, by the database's clock as pages go by it, and the next."""
    has_passed = Q(live_from__lte=Now())
    passed, following = [], []
    for model in SCHEDULED:
        moments = model.objects.exclude(live_from=None).aggregate(
            latest=Max("live_from", filter=has_passed), next=Min("live_from", filter=~has_passed)
        )
        passed.append(moments["latest"])
        following.append(moments["next"])
    latest = max(filter(None, passed), default=None)
    return latest.isoformat() if latest else "", min(filter(None, following), default=NEVER)
