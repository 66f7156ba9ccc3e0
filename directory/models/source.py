"""The sources that the content cites."""

from django.db import models
from django.urls import reverse

from directory.models.natural_key import NaturalKeyModel
from directory.models.review import months_between_reviews, not_in_the_future


class SourceKind(models.TextChoices):
    WEB_PAGE = "web-page", "Web page"
    NEWS = "news", "News article"
    GAZETTEER = "gazetteer", "Gazetteer"


class Source(NaturalKeyModel):
    """A document that statements cite."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text=(
            "The last part of the URL of its entry on the page of sources. "
            "You cannot change it once the source is saved."
        ),
    )
    publisher = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=20,
        choices=SourceKind,
        help_text="A web page or news article without a date is shown as “undated”. A gazetteer is not.",
    )
    date = models.CharField(
        "date as printed",
        max_length=100,
        blank=True,
        help_text=(
            "As the document gives it, for example “February 2024”. Leave it empty if there is no date."
        ),
    )
    date_note = models.CharField(
        max_length=200,
        blank=True,
        help_text="Anything else that shows how old the document is, for example years that it mentions.",
    )
    url = models.URLField("URL", blank=True)
    last_checked = models.DateField(
        null=True,
        blank=True,
        validators=[not_in_the_future],
        help_text="When somebody last checked the directory against the document.",
    )
    review_months = models.PositiveSmallIntegerField(
        "review after",
        default=12,
        validators=months_between_reviews,
        help_text="The number of months until somebody should check the document again.",
    )
    terms = models.TextField(blank=True, help_text="The licence that we use it under, if it has one.")
    credits = models.TextField(blank=True, help_text="The people and organisations that the document thanks.")

    class Meta:
        ordering = ["publisher", "title"]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "title"], name="source_title_once_a_publisher")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"

    def get_absolute_url(self) -> str:
        return f"{reverse('source_list')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Return the fragment of its entry on the page of sources."""
        return f"source-{self.slug}"

    @property
    def is_undated(self) -> bool:
        """Return whether it is a document without a date of its own."""
        return not self.date and self.kind != SourceKind.GAZETTEER


class Sourced(models.Model):
    """A statement, with the source that it cites."""

    source = models.ForeignKey(Source, models.PROTECT, help_text="The document that says so.")

    class Meta:
        abstract = True
