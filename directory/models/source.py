"""What the content rests on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Self

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse

from directory.models.natural_key import NaturalKeyModel, NaturalKeyQuerySet


class SourceKind(models.TextChoices):
    WEB_PAGE = "web-page", "Web page"
    NEWS = "news", "News article"
    GAZETTEER = "gazetteer", "Gazetteer"


# Every relation by which something rests on a source, and the fields that lead on to the page it stands on.
RESTING: dict[str, tuple[str, ...]] = {
    "city_set": (),
    "citysection_set": ("city",),
    "keyfact_set": ("city",),
    "citypriority_set": ("city",),
    "membership_set": ("city",),
    "positioned_cities": (),
    "coordinates_published": (),
    "partnership_set": ("city", "network"),
    "network_set": (),
    "networksection_set": ("network",),
    "networkfeature_set": ("network",),
    "networkfigure_set": ("network",),
    "partner_set": (),
    "guide_set": (),
    "guidesection_set": ("guide",),
    "relatedresource_set": ("guide",),
    "newsitem_set": (),
}


class SourceQuerySet(NaturalKeyQuerySet):
    """Sources."""

    def with_what_rests_on_them(self) -> Self:
        """Load every statement, with the page that it stands on."""
        return self.prefetch_related(
            *(
                Prefetch(
                    relation,
                    getattr(Source, relation).rel.related_model._default_manager.select_related(*owners),
                )
                for relation, owners in RESTING.items()
            )
        )


class Source(NaturalKeyModel):
    """A document that statements rest on."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    publisher = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SourceKind)
    date = models.CharField(
        "date as printed",
        max_length=100,
        blank=True,
        help_text="As the document gives it, for instance “February 2024”. Empty if it is undated.",
    )
    date_note = models.CharField(
        max_length=200,
        blank=True,
        help_text="What else tells its age, for instance years that its text names.",
    )
    url = models.URLField("address", blank=True)
    last_checked = models.DateField(
        null=True, blank=True, help_text="When somebody last opened the address and compared."
    )
    terms = models.TextField(blank=True, help_text="The licence it is used under, if it has one.")
    credits = models.TextField(blank=True, help_text="Whom the document itself thanks.")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["publisher", "title"]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "title"], name="source_title_once_a_publisher")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"

    def get_absolute_url(self) -> str:
        return f"{reverse('source_list')}#{self.slug}"

    @property
    def is_undated(self) -> bool:
        """Whether it is a document that gives no date of its own."""
        return not self.date and self.kind != SourceKind.GAZETTEER

    def pages(self) -> "list[tuple[str, list[tuple[models.Model, int]]]]":
        """The public pages that rest on it, by kind, each with the number of its statements that do."""
        counted = Counter(page for page in self._pages() if getattr(page, "is_published", True))
        ordered = sorted(counted.items(), key=lambda item: (item[0]._meta.model_name, str(item[0])))
        return [
            (str(kind), list(group))
            for kind, group in groupby(ordered, key=lambda item: item[0]._meta.verbose_name_plural)
        ]

    def _pages(self) -> "Iterator[models.Model]":
        for relation, owners in RESTING.items():
            for statement in getattr(self, relation).all():
                found = [getattr(statement, owner) for owner in owners] or [statement]
                yield from (page for page in found if page is not None)


class Sourced(models.Model):
    """A statement, which names the document it rests on."""

    source = models.ForeignKey(Source, models.PROTECT, help_text="The document that says so.")

    class Meta:
        abstract = True


def union_of_sources(statements: Iterable[Sourced]) -> list[Source]:
    """Each source once, in the order in which the statements name them."""
    return list({statement.source_id: statement.source for statement in statements}.values())
