"""Which pages cite which source, counted in the database."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import SET_NULL, Count, Field, Model, QuerySet

from directory.models.former_slug import SluggedModel
from directory.models.natural_key import NaturalKeyModel
from directory.models.source import Source

# Pages of one kind that are named; the others are counted.
MAX_NAMED = 24


@dataclass(frozen=True)
class CitingPages:
    """The pages of one kind that cite a source.

    Those with the most statements are named with their number, the others are only counted.
    """

    kind: str
    named: list[tuple[Model, int]]
    more: int
    statements: int


def citing_pages() -> dict[int, list[CitingPages]]:
    """Return the pages that the public sees of each source, by the source's key and kind by kind."""
    counts: dict[tuple[int, type[Model]], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for field in citing_fields():
        for page_field in page_fields(field.model):
            for source, page, count in _counted(field, page_field):
                counts[source, _page_model(field, page_field)][page] += count
    found = defaultdict(list)
    for model in sorted({model for _, model in counts}, key=lambda model: str(model._meta.model_name)):
        order = list(model._default_manager.values_list("pk", flat=True))
        for (source, counted_model), pages in counts.items():
            if counted_model is model:
                cited = sorted((key for key in order if key in pages), key=lambda key: -pages[key])
                found[source].append(_named(model, cited, pages))
    return found


def citing_fields() -> list[Any]:
    """Return every field by which a statement cites a source."""
    fields = [relation.field for relation in Source._meta.related_objects]
    return [field for field in fields if issubclass(field.model, NaturalKeyModel)]


def page_fields(model: Any) -> list[str]:
    """Return the fields that lead from a statement to the pages that it is on; “pk” is its own page.

    A statement is on the pages of what it belongs to. What it merely points at can go without it.
    """
    own = ["pk"] if issubclass(model, SluggedModel) else []
    return own + [
        field.name for field in (*model._meta.fields, *model._meta.many_to_many) if _leads_to_page(field)
    ]


def _leads_to_page(field: Field) -> bool:
    related: Any = field.related_model
    if not isinstance(related, type) or not issubclass(related, SluggedModel):
        return False
    return field.many_to_many or field.remote_field.on_delete is not SET_NULL  # type: ignore[union-attr]


def _page_model(field: Any, page_field: str) -> Any:
    return field.model if page_field == "pk" else field.model._meta.get_field(page_field).related_model


def _counted(field: Any, page_field: str) -> Iterator[tuple[int, int, int]]:
    """Return source, page and number of statements."""
    prefix = "" if page_field == "pk" else f"{page_field}__"
    pages = _page_model(field, page_field)._default_manager.with_page()
    stated = _published(field.model).filter(
        **{f"{prefix}pk__in": pages.order_by().values("pk"), f"{field.name}__isnull": False}
    )
    yield from stated.order_by().values_list(field.name, page_field).annotate(Count("pk"))


def _published(model: Any) -> QuerySet:
    """Return the statements that the public sees, as far as whole kinds of them can be drafts."""
    statements: QuerySet = model._default_manager.all()
    return statements.published() if hasattr(statements, "published") else statements


def _named(model: Any, keys: list[int], counts: dict[int, int]) -> CitingPages:
    pages = model._default_manager.in_bulk(keys[:MAX_NAMED])
    named = [(pages[key], counts[key]) for key in keys[:MAX_NAMED]]
    more, statements = len(keys) - len(named), sum(counts.values())
    return CitingPages(str(model._meta.verbose_name_plural), named, more, statements)
