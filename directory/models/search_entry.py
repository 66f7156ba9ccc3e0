"""What can be searched: one entry for each page, kept up to date by `directory.search`."""

from typing import Self

from django.db import models
from django.db.models import Case, Count, Q, Value, When, Window
from django.db.models.functions import RowNumber

from directory.models.folding import fold

# Where words are looked for, the best place first. Each text includes those before it.
PLACES = ("title", "names", "keywords", "text")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Search entries."""

    def of(self, model: type[models.Model]) -> Self:
        """Return the entries of one kind of page."""
        return self.filter(kind=model._meta.model_name)

    def containing(self, words: str) -> Self:
        """Return the entries in which each of these words begins a word."""
        return self.filter(_begin_words("text", words))

    def titled(self, words: str) -> Self:
        """Return the entries with these words, whole, one after the other, in their title."""
        title = f" {fold(words)}"
        return self.filter(Q(title__contains=f"{title} ") | Q(title__endswith=title))

    def best_of_each_kind(self, words: str, most: int) -> Self:
        """Return the first entries of each kind that contain these words, with `kind_count` of them in all.

        Entries with all the words in their title come first, then with other names of the page, with
        its priorities and partners, and with its texts.
        """
        ranks = [When(_begin_words(place, words), then=Value(rank)) for rank, place in enumerate(PLACES)]
        number = Window(RowNumber(), partition_by="kind", order_by=["rank", "title", "object_id"])
        counted = self.containing(words).annotate(
            rank=Case(*ranks), number=number, kind_count=Window(Count("*"), partition_by="kind")
        )
        found = counted.filter(number__lte=most).order_by("kind", "number")
        return found.defer("names", "keywords", "text")


class SearchEntry(models.Model):
    """The folded texts of one page, with a space before each word; each includes the one before it."""

    kind = models.CharField(max_length=40, help_text="The model of the page’s record, for instance “city”.")
    object_id = models.PositiveBigIntegerField()
    title = models.TextField()
    names = models.TextField(help_text="Its title and its other names.")
    keywords = models.TextField(help_text="Its names, and the priorities and partners that it states.")
    text = models.TextField(help_text="All that the page says, its title included.")
    kind_count: int  # as `best_of_each_kind` counts it

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once_a_page")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


def _begin_words(place: str, words: str) -> Q:
    """Return the condition that each of these words begins a word there.

    If there is no word, but for instance only punctuation, nothing matches.
    """
    folded = fold(words).split()
    conditions = Q() if folded else Q(pk__in=())
    for word in folded:
        conditions &= Q(**{f"{place}__contains": f" {word}"})
    return conditions
