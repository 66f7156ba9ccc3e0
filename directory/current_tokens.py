"""The tokens of the content that the public sees at this moment."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import DateField, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Now
from django.utils.timezone import localtime

from directory.models import CONTENT, ContentVersion, NewsItem
from directory.models.content_version import Tokens
from directory.models.news import is_fresh
from directory.models.publication import PublishableModel

NEVER = datetime.max.replace(tzinfo=UTC)
SCHEDULED: list[type[PublishableModel]] = [model for model in CONTENT if issubclass(model, PublishableModel)]


class _Schedule(NamedTuple):
    """What time alone changes, as it was for one structure token.

    This is the latest `live_from` that has passed with the date of the oldest fresh news, and the moment
    at which either may change.
    """

    structure: str = ""
    latest: str = ""
    following: datetime = NEVER


_schedule = _Schedule()


def current_tokens() -> Tokens:
    """Return tokens that change with everything that the public sees.

    They are the database's own, followed by the date of the oldest fresh news and the latest moment at which
    a scheduled record appeared. If the version's row is missing, both are empty, and nothing is cached. Raise
    ProgrammingError or OperationalError if the table is missing.
    """
    global _schedule  # noqa: PLW0603 – one for the process, replaced as a whole
    tokens = ContentVersion.objects.tokens()
    if tokens is None:
        return Tokens("", "")
    schedule = _schedule
    if schedule.structure != tokens.structure or datetime.now(UTC) >= schedule.following:
        schedule = _schedule = _read_schedule(tokens.structure)
    return Tokens(tokens.content + schedule.latest, tokens.structure + schedule.latest)


def _read_schedule(structure: str) -> _Schedule:
    """Ask the database, by its own clock as the pages' queries do."""
    first, *others = [_moments(model) for model in SCHEDULED]
    moments = first.union(*others, all=True)
    latest = max((passed for passed, *_ in moments if passed), default=None)
    following = min((coming for _, coming, _ in moments if coming), default=NEVER)
    oldest_fresh = next((oldest for *_, oldest in moments if oldest), None)
    if oldest_fresh:
        # News ages by the day.
        following = min(following, _next_midnight())
    written = f"{oldest_fresh or ''}{latest.isoformat() if latest else ''}"
    return _Schedule(structure, written, following)


def _next_midnight() -> datetime:
    tomorrow = localtime() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def _moments(model: type[PublishableModel]) -> QuerySet[Any, Any]:
    """Return at most one row: the latest moment that has passed, the next one, and the oldest fresh news."""
    has_passed = Q(live_from__lte=Now())
    grouped = model._default_manager.order_by().annotate(group=Value(1)).values("group")
    oldest = Min("happened_on", filter=is_fresh()) if model is NewsItem else Cast(Value(None), DateField())
    return grouped.annotate(
        latest=Max("live_from", filter=has_passed),
        following=Min("live_from", filter=~has_passed),
        oldest_fresh=oldest,
    ).values_list("latest", "following", "oldest_fresh")
