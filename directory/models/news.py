"""News of learning cities."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from directory.models.date_precision import (
    DatePrecision,
    date_exactly_when_known,
    dated_phrase,
    first_of,
    written_date,
)
from directory.models.publication import PublishableModel, PublishableQuerySet
from directory.models.review import MONTHS_A_YEAR, months_before
from directory.models.section import MARKDOWN_HELP
from directory.models.source import Sourced

if TYPE_CHECKING:
    from directory.models.city import City


def is_fresh() -> Q:
    """Return the condition that news is from the past twelve months."""
    return Q(happened_on__gt=months_before(localdate(), MONTHS_A_YEAR))


class NewsItemQuerySet(PublishableQuerySet):
    """News, the latest event first."""

    def fresh(self) -> Self:
        """Narrow to what happened in the past twelve months."""
        return self.filter(is_fresh())

    def with_page_data(self) -> Self:
        """Load all that a news item's page shows."""
        return self.select_related("source", "network").prefetch_related("cities")


class NewsItem(PublishableModel, Sourced):
    """Something that happened, on a day that is known."""

    title = models.CharField(max_length=150)
    summary = models.TextField(help_text="One or two sentences, for lists.")
    body = models.TextField(help_text=MARKDOWN_HELP)
    happened_on = models.DateField("date of the event")
    published_on = models.DateField(
        "date the source was published",
        null=True,
        blank=True,
        help_text=(
            "If only the month or year is known, enter its first day. If nothing is known, leave it empty."
        ),
    )
    published_precision = models.CharField(
        "publication date is known",
        max_length=10,
        choices=DatePrecision,
        default=DatePrecision.UNKNOWN,
    )
    cities: "models.ManyToManyField[City, Any]" = models.ManyToManyField(
        "City", blank=True, related_name="news", help_text="Each city’s page links to this news."
    )
    network = models.ForeignKey("Network", models.SET_NULL, null=True, blank=True, related_name="news")

    structure_fields = (*PublishableModel.structure_fields, "happened_on")
    search_relations = ("cities",)

    objects = NewsItemQuerySet.as_manager()

    class Meta(PublishableModel.Meta):
        ordering = ["-happened_on", "title"]
        verbose_name_plural = "news"
        constraints = [
            date_exactly_when_known(
                "published_on", "published_precision", "news_published_on_exactly_when_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news_detail", args=[self.slug])

    def search_words(self) -> Iterator[str]:
        """Return all that its page says, with the names of its published cities."""
        yield from (self.title, self.search_description(), self.body)
        if self.source_published:
            yield f"Published {self.source_published}."
        yield from (city.name for city in self.published_cities)

    def search_description(self) -> str:
        """Return its summary after its date."""
        return f"{written_date(self.happened_on, DatePrecision.DAY)}: {self.summary}"

    def clean(self) -> None:
        """Set a publication date of which no more is known to the first day of its month or year."""
        super().clean()
        self.published_on = first_of(self.published_on, self.published_precision)

    @property
    def source_published(self) -> str:
        """Return when the source was published, as in “in February 2024”, or nothing if not known."""
        return dated_phrase(self.published_on, self.published_precision)

    @property
    def published_cities(self) -> "list[City]":
        """Return the cities that it is about, without drafts."""
        return [city for city in self.cities.all() if city.is_published]
