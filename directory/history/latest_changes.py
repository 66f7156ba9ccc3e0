"""The latest changes in all content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Model

from directory.history.versions import DELETED, key_of, name_of, user_of
from directory.models import HISTORY, FormerSlug

VERBS = {"+": "added", "~": "changed", DELETED: "deleted"}


@dataclass(frozen=True)
class LatestChange:
    """One change of one record."""

    model: type[Model]
    key: Any
    name: str
    verb: str
    user: str
    date: datetime

    @property
    def kind(self) -> str:
        """Return the verbose name of the model."""
        return str(self.model._meta.verbose_name)


def latest_changes(number: int) -> list[LatestChange]:
    """Return this many changes, the latest first, each record once for each change set."""
    models = [model for model in cast("tuple[Any, ...]", HISTORY) if model is not FormerSlug]
    rows = [row for model in models for row in _latest_versions(model)[:number]]
    rows.sort(key=lambda row: row.history_date, reverse=True)
    first = {(row.instance_type, key_of(row), row.change_set): row for row in reversed(rows)}
    return [_latest_change(row) for row in list(reversed(first.values()))[:number]]


def _latest_versions(model: Any) -> Any:
    return model.history.select_related("history_user").order_by("-history_date", "-history_id")


def _latest_change(row: Any) -> LatestChange:
    verb = VERBS[row.history_type]
    return LatestChange(row.instance_type, key_of(row), name_of(row), verb, user_of(row), row.history_date)
