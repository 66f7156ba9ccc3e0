"""The tokens of the content that the public sees at this moment."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import Max, Min, Q, QuerySet, Value
from django.db.models.functions import Now

from directory.models import CONTENT, ContentVersion
from directory.models.content_version import Tokens
from directory.models.publication import PublishableModel

NEVER = datetime.max.replace(tzinfo=UTC)
SCHEDULED: list[type[PublishableModel]] = [model for model in CONTENT if issubclass(model, PublishableModel)]


class _Schedule(NamedTuple):
    """The latest `live_from` that has passed and the next one, as they were for one structure token."""

    structure: str = ""
    latest: str = ""
    following: datetime = NEVER


_schedule = _Schedule()


def current_tokens() -> Tokens:
    """Return tokens that change with everything that the public sees.

    They are the database's own, followed by the latest moment at which a scheduled record appeared. If the
    version's row is missing, both are empty, and nothing is cached. Raise ProgrammingError or
    OperationalError if the table is missing.
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
    latest = max((passed for passed, _ in moments if passed), default=None)
    following = min((coming for _, coming in moments if coming), default=NEVER)
    return _Schedule(structure, latest.isoformat() if latest else "", following)


def _moments(model: type[PublishableModel]) -> QuerySet[Any, Any]:
    """Return at most one row: the latest moment that has passed, and the next one."""
    has_passed = Q(live_from__lte=Now())
    grouped = model._default_manager.order_by().annotate(group=Value(1)).values("group")
    return grouped.annotate(
        latest=Max("live_from", filter=has_passed), following=Min("live_from", filter=~has_passed)
    ).values_list("latest", "following")
