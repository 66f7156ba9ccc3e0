"""What can be searched: one entry for each page, kept up to date by `directory.search`."""

from typing import Self

from django.db import models

from directory.models.folding import fold


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Search entries."""

    def of(self, model: type[models.Model]) -> Self:
        """Return the entries of one kind of page."""
        return self.filter(kind=model._meta.model_name)

    def containing(self, words: str) -> Self:
        """Return the entries in which each of these words begins a word."""
        found = self
        for word in fold(words).split():
            found = found.filter(text__contains=f" {word}")
        return found


class SearchEntry(models.Model):
    """The folded text of one page, with a space before each word."""

    kind = models.CharField(max_length=40, help_text="The model of the page’s record, for instance “city”.")
    object_id = models.PositiveBigIntegerField()
    title = models.TextField()
    text = models.TextField(help_text="All that the page says, its title included.")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once_a_page")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
