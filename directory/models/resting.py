"""Which pages rest on which source, counted in the database."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from directory.models.publication import PublishableModel, public
from directory.models.source import Source

# Every relation by which a statement rests on a source, and the fields that lead from it to the pages that
# it stands on, beside its own page if it has one.
RESTING: dict[str, tuple[str, ...]] = {
    "city_set": (),
    "citysection_set": ("city",),
    "keyfact_set": ("city",),
    "citypriority_set": ("city", "priorities"),
    "membership_set": ("city", "network"),
    "positioned_cities": (),
    "coordinates_published": (),
    "partnership_set": ("city", "network", "partner"),
    "network_set": (),
    "networksection_set": ("network",),
    "networkfeature_set": ("network",),
    "networkfigure_set": ("network",),
    "partner_set": (),
    "guide_set": (),
    "guidesection_set": ("guide",),
    "relatedresource_set": ("guide",),
    "newsitem_set": ("cities",),
}
# Pages of a kind that are named; the others are counted.
MAX_NAMED = 24


@dataclass(frozen=True)
class RestingPages:
    """The pages of one kind that rest on a source: the first with their statements, and how many more."""

    kind: str
    named: list[tuple[Model, int]]
    more: int


def resting_pages() -> dict[int, list[RestingPages]]:
    """What rests on each source, by its key: the pages that the public sees, kind by kind."""
    counts: dict[tuple[int, type[Model]], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for relation, fields in RESTING.items():
        for source, model, page, count in _counted(relation, fields):
            counts[source, model][page] += count
    found = defaultdict(list)
    for model in sorted({model for _, model in counts}, key=lambda model: str(model._meta.model_name)):
        order = list(model._default_manager.values_list("pk", flat=True))
        for (source, counted_model), pages in counts.items():
            if counted_model is model:
                found[source].append(_named(model, [key for key in order if key in pages], pages))
    return found


def _counted(relation: str, fields: tuple[str, ...]) -> Iterator[tuple[int, type[Model], int, int]]:
    """Source, kind of page, page and number of statements."""
    rel: Any = getattr(Source, relation).rel
    statements = _seen(rel.related_model)
    own = ("pk",) if hasattr(rel.related_model, "get_absolute_url") else ()
    for field in (*own, *fields):
        model = rel.related_model if field == "pk" else rel.related_model._meta.get_field(field).related_model
        prefix = "" if field == "pk" else f"{field}__"
        seen = statements.filter(public(prefix)) if issubclass(model, PublishableModel) else statements
        rows = seen.filter(**{f"{prefix}pk__isnull": False}).order_by().values_list(rel.field.name, field)
        for source, page, count in rows.annotate(Count("pk")):
            if source is not None:
                yield source, model, page, count


def _seen(model: Any) -> QuerySet:
    """The statements that the public sees, as far as they belong to one city or are published themselves."""
    statements: QuerySet = model._default_manager.all()
    if hasattr(statements, "of_published_cities"):
        return statements.of_published_cities()
    if hasattr(statements, "public"):
        return statements.public()
    return statements.filter(public()) if issubclass(model, PublishableModel) else statements


def _named(model: Any, keys: list[int], counts: dict[int, int]) -> RestingPages:
    pages = model._default_manager.in_bulk(keys[:MAX_NAMED])
    named = [(pages[key], counts[key]) for key in keys[:MAX_NAMED]]
    return RestingPages(str(model._meta.verbose_name_plural), named, len(keys) - len(named))
