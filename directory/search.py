"""Keeping the search entries in step with the content.

Each kind of page declares the words of its entry (`search_words`) and the relations that they come from
(`search_relations`). A change of anything that an entry is made of refreshes that entry. What bypasses
Django's signals (`update()`, `bulk_create()`, raw SQL, `loaddata`) needs `manage.py rebuild_search`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, Prefetch, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from directory.models import CONTENT, ContentVersion, SearchEntry
from directory.models.folding import fold
from directory.models.former_slug import SluggedModel, SluggedQuerySet
from directory.models.markdown import plain_paragraphs
from directory.models.search_entry import PLACES, SearchEntryQuerySet

# How many pages are read and written at a time.
BATCH = 100

# Keys of pages, by their model.
Pages = dict[type[SluggedModel], set[int]]

_pages_to_refresh: ContextVar[Pages | None] = ContextVar("pages_to_refresh", default=None)


def searchable_models() -> list[type[SluggedModel]]:
    """Return the models whose records have pages."""
    return [model for model in CONTENT if issubclass(model, SluggedModel)]


def published_entries() -> SearchEntryQuerySet:
    """Return the entries of the pages that the public sees."""
    shown = Q()
    for model in searchable_models():
        published = model._default_manager.published()
        shown |= Q(kind=model._meta.model_name, object_id__in=published.values("pk"))
    return SearchEntry.objects.filter(shown)


def with_search_relations(model: type[SluggedModel]) -> SluggedQuerySet:
    """Return a model's records, loaded with all that the words of their entries come from."""
    return model._default_manager.prefetch_related(*_prefetches(model))


def plain_texts(texts: Iterable[str]) -> Iterator[str]:
    """Return the paragraphs of these texts as a reader sees them, without Markdown."""
    for text in texts:
        yield from plain_paragraphs(text)


def rebuild() -> int:
    """Write every entry anew; return how many there are."""
    with transaction.atomic():
        kinds = [model._meta.model_name for model in searchable_models()]
        SearchEntry.objects.exclude(kind__in=kinds).delete()
        for model in searchable_models():
            keys = {*model._default_manager.values_list("pk", flat=True)}
            keys.update(SearchEntry.objects.of(model).values_list("object_id", flat=True))
            _refresh_model(model, keys)
    return SearchEntry.objects.count()


@contextmanager
def refreshed_once() -> Iterator[None]:
    """Refresh every entry affected inside the block once, at its end, in the same transaction."""
    if _pages_to_refresh.get() is not None:  # an outer block does it
        yield
        return
    pages: Pages = defaultdict(set)
    token = _pages_to_refresh.set(pages)
    try:
        with transaction.atomic():
            yield
            _refresh(pages)
    finally:
        _pages_to_refresh.reset(token)


def _refresh(pages: Pages) -> None:
    for model, keys in pages.items():
        _refresh_model(model, keys)


def _refresh_model(model: type[SluggedModel], keys: Iterable[int]) -> None:
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        _refresh_batch(model, ordered[start : start + BATCH])


def _refresh_batch(model: type[SluggedModel], keys: list[int]) -> None:
    records = with_search_relations(model).in_bulk(keys)
    present = {entry.object_id: entry for entry in SearchEntry.objects.of(model).filter(object_id__in=keys)}
    written = [
        entry
        for entry in map(_entry_of, records.values())
        if not _is_same(entry, present.get(entry.object_id))
    ]
    SearchEntry.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=PLACES
    )
    if gone := [entry.pk for key, entry in present.items() if key not in records]:
        SearchEntry.objects.filter(pk__in=gone).delete()


def _prefetches(model: Any) -> list[Prefetch]:
    """Return what loads a model's search relations.

    A foreign key is joined: SQLite refuses to prefetch one from more than a thousand records.
    """
    joined: dict[str, list[str]] = {}
    for relation in model.search_relations:
        first, _, second = relation.partition("__")
        joined.setdefault(first, []).extend([second] if second else [])
    fields = {name: model._meta.get_field(name) for name in joined}
    return [_prefetch(fields[name].related_model, name, more) for name, more in joined.items()]


def _prefetch(related: Any, name: str, more: list[str]) -> Prefetch:
    to_many = [one for one in more if related._meta.get_field(one).many_to_many]
    foreign_keys = [one for one in more if one not in to_many]
    records = related._default_manager.prefetch_related(*to_many)
    return Prefetch(name, records.select_related(*foreign_keys) if foreign_keys else records)


def _entry_of(record: SluggedModel) -> SearchEntry:
    names, keywords = [*record.search_names()], [*record.search_keywords()]
    return SearchEntry(
        kind=record._meta.model_name,
        object_id=record.pk,
        title=_folded([str(record)]),
        names=_folded(names),
        keywords=_folded([*names, *keywords]),
        text=_folded(record.search_words()),
    )


def _folded(texts: Iterable[str]) -> str:
    return f" {fold(' '.join(plain_texts(texts)))}"


def _is_same(entry: SearchEntry, present: SearchEntry | None) -> bool:
    return present is not None and all(getattr(entry, name) == getattr(present, name) for name in PLACES)


@cache
def _paths_to(model: type[Model]) -> Iterable[tuple[type[SluggedModel], str]]:
    """Return the kinds of pages whose entries name a model, each with the lookup from the page to it."""
    found = [(model, "pk")] if model in searchable_models() else []
    for page_model in searchable_models():
        for relation in page_model.search_relations:
            related: Any = page_model
            names = relation.split("__")
            for number, name in enumerate(names, 1):
                related = related._meta.get_field(name).related_model
                if related is model:
                    found.append((page_model, "__".join(names[:number])))
    return dict.fromkeys(found)


def _pages_of(record: Model) -> Pages:
    """Return the pages whose entries say something of a record, as the database has it now."""
    pages: Pages = defaultdict(set)
    for model, lookup in _paths_to(type(record)):
        if lookup == "pk":
            pages[model].add(record.pk)
        else:
            named = model._default_manager.filter(**{lookup: record.pk})
            pages[model].update(named.values_list("pk", flat=True))
    return pages


def _add(pages: Pages, more: Pages) -> None:
    for model, keys in more.items():
        pages[model] |= keys


def _before_change(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    """Collect the pages that will no longer say anything of the record."""
    if not raw and instance.pk is not None and not instance._state.adding:
        instance._pages_before = _pages_of(instance)


def _after_change(instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    pages = instance.__dict__.pop("_pages_before", defaultdict(set))
    _add(pages, _pages_of(instance))
    collected = _pages_to_refresh.get()
    if collected is not None:
        _add(collected, pages)
    elif pages:
        with transaction.atomic():
            # Wait for others who are changing the content, so that the entries include what they saved.
            ContentVersion.objects.lock()
            _refresh(pages)


def _on_relation_change(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("pre_"):
        _before_change(instance)
    else:
        _after_change(instance)


def follow_changes() -> None:
    """Have every change that is made through Django refresh the entries that it concerns."""
    for model in CONTENT:
        for before in (pre_save, pre_delete):
            before.connect(_before_change, sender=model)
        for after in (post_save, post_delete):
            after.connect(_after_change, sender=model)
        for field in model._meta.many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(_on_relation_change, sender=through)


def fill_if_empty(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After `migrate`, write the entries of content that was there before there were entries."""
    tables = connections[using].introspection.table_names()
    if SearchEntry._meta.db_table not in tables or SearchEntry.objects.exists():
        return
    # On PostgreSQL even a statement that changes no row changes the content version.
    if any(model._default_manager.exists() for model in searchable_models()):
        rebuild()
