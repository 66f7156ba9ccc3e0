"""What changed last in all of the content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Model

from directory.history.states import DELETED, key_of, name_of, user_of
from directory.models import HISTORY, FormerSlug

VERBS = {"+": "added", "~": "changed", DELETED: "deleted"}


@dataclass(frozen=True)
class LatestChange:
    """One record that somebody changed."""

    model: type[Model]
    key: Any
    name: str
    verb: str
    user: str
    date: datetime

    @property
    def kind(self) -> str:
        """What it is, as in “key fact”."""
        return str(self.model._meta.verbose_name)


def latest_changes(number: int) -> list[LatestChange]:
    """So many records, the last that changed first; each once for each change of it."""
    told = [model for model in cast("tuple[Any, ...]", HISTORY) if model is not FormerSlug]
    rows = [
        row
        for model in told
        for row in model.history.select_related("history_user").order_by("-history_date")[:number]
    ]
    rows.sort(key=lambda row: row.history_date, reverse=True)
    first = {(row.instance_type, key_of(row), row.change_set): row for row in reversed(rows)}
    return [_told(row) for row in list(reversed(first.values()))[:number]]


def _told(row: Any) -> LatestChange:
    verb = VERBS[row.history_type]
    return LatestChange(row.instance_type, key_of(row), name_of(row), verb, user_of(row), row.history_date)
