"""The version token of a record, which every change of it or of its related records replaces."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery

from directory.history.versions import RelatedModels


def version_token(model: type[Model], key: Any, related: RelatedModels = ()) -> str:
    """Return the change set of the last change, or an empty string if there is none."""
    first, *others = (
        versions.order_by().values_list("history_date", "history_id", "change_set")
        for versions in _versions(model, key, related)
    )
    last = first.union(*others, all=True).order_by("-history_date", "-history_id").first()
    return last[-1] if last else ""


def _versions(model: Any, key: Any, related: RelatedModels) -> Iterator[QuerySet]:
    yield model.history.filter(**{model._meta.pk.name: key})
    for related_model, foreign_key in related:
        owner = f"{foreign_key}_id"
        yield related_model.history.filter(**{owner: key})  # type: ignore[attr-defined]
        yield _moves_away(related_model, owner, key)


def _moves_away(model: Any, owner: str, key: Any) -> QuerySet:
    """Return the versions by which records came to belong to another owner."""
    pk = model._meta.pk.name
    belonged = model.history.filter(**{owner: key}).values(pk)
    earlier = model.history.filter(**{pk: OuterRef(pk), "history_id__lt": OuterRef("history_id")})
    owner_before = Subquery(earlier.order_by("-history_id").values(owner)[:1])
    moved = model.history.filter(**{f"{pk}__in": belonged}).exclude(**{owner: key})
    return moved.annotate(owner_before=owner_before).filter(owner_before=key)
