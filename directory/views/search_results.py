"""What a search over the whole site finds: pages grouped by kind, each with the passage that matches."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.models import City, Guide, Network, NewsItem, Partner, Priority, SearchEntry
from directory.models.folding import fold
from directory.models.former_slug import SluggedModel
from directory.search import plain_texts, published_entries, with_search_relations
from directory.views.passages import Piece, best_passage, marked, passage, words_in

# The groups, in the order of the page.
KINDS: tuple[type[SluggedModel], ...] = (City, Guide, Priority, Partner, Network, NewsItem)
MAX_RESULTS = 10


@dataclass(frozen=True)
class SearchResult:
    """One page that a search found. The passage is empty if the title and the description say it all."""

    url: str
    title: list[Piece]
    description: list[Piece]
    passage: list[Piece]


@dataclass(frozen=True)
class ResultGroup:
    """The first results of one kind, and how many there are in all."""

    kind: str
    name: str
    results: list[SearchResult]
    count: int

    @property
    def more(self) -> int:
        """Return how many results are not shown."""
        return self.count - len(self.results)


def search_results(words: str) -> list[ResultGroup]:
    """Return the public pages in which each of these words begins a word, without empty groups."""
    found: dict[str, list[SearchEntry]] = {}
    for entry in published_entries().best_of_each_kind(words, MAX_RESULTS):
        found.setdefault(entry.kind, []).append(entry)
    groups = (
        _group(model, found.get(str(model._meta.model_name), []), fold(words).split()) for model in KINDS
    )
    return [group for group in groups if group.results]


def _group(model: type[SluggedModel], entries: Sequence[SearchEntry], words: list[str]) -> ResultGroup:
    kind, name = str(model._meta.model_name), str(model._meta.verbose_name_plural).capitalize()
    keys = [entry.object_id for entry in entries]
    # A page that was deleted since its entry was read is left out.
    records = with_search_relations(model).in_bulk(keys) if keys else {}
    results = [_result(records[key], words) for key in keys if key in records]
    return ResultGroup(kind, name, results, entries[0].kind_count if entries else 0)


def _result(record: SluggedModel, words: list[str]) -> SearchResult:
    title = str(record)
    description = passage(" ".join(plain_texts([record.search_description()])), words)
    shown = words_in(f"{title} {description}", words)
    missing = [word for word in words if word not in shown]
    matching = best_passage(plain_texts(record.search_words()), missing) if missing else ""
    texts = (marked(text, words) for text in (title, description, matching))
    return SearchResult(record.get_absolute_url(), *texts)
