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


# Every relation by which a statement rests on a source, and the fields that lead from it to the pages that
# it stands on; none where it has a page of its own.
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


class SourceQuerySet(NaturalKeyQuerySet):
    """Sources."""

    def with_what_rests_on_them(self) -> Self:
        """Load every statement, with the pages that it stands on."""
        return self.prefetch_related(
            *(Prefetch(relation, _with_pages(relation, pages)) for relation, pages in RESTING.items())
        )


def _with_pages(relation: str, pages: tuple[str, ...]) -> models.QuerySet:
    model = getattr(Source, relation).rel.related_model
    many = {field.name for field in model._meta.many_to_many}
    # SQLite takes no prefetch over a foreign key to more than a thousand records: join those.
    joined = model._default_manager.select_related("source", *(page for page in pages if page not in many))
    return joined.prefetch_related(*(page for page in pages if page in many))


class Source(NaturalKeyModel):
    """A document that statements rest on."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="Where its entry stands on the page of sources; it stays as it is.",
    )
    publisher = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=20, choices=SourceKind, help_text="A gazetteer is not called undated; a document is."
    )
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
        return f"{reverse('source_list')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Where its entry stands on the page of sources."""
        return f"source-{self.slug}"

    @property
    def is_undated(self) -> bool:
        """Whether it is a document that gives no date of its own."""
        return not self.date and self.kind != SourceKind.GAZETTEER

    def pages(self) -> "list[tuple[str, list[tuple[models.Model, int]]]]":
        """The public pages that rest on it, by kind, each with the number of its statements that do."""
        counted = Counter(page for page in self._pages() if _is_public(page))
        ordered = sorted(counted.items(), key=lambda item: (item[0]._meta.model_name, str(item[0])))
        return [
            (str(kind), list(group))
            for kind, group in groupby(ordered, key=lambda item: item[0]._meta.verbose_name_plural)
        ]

    def _pages(self) -> "Iterator[models.Model]":
        for relation, pages in RESTING.items():
            for statement in getattr(self, relation).all():
                if not _is_public(statement) or not _is_public(getattr(statement, "city", None)):
                    continue
                if hasattr(statement, "get_absolute_url"):
                    yield statement
                for name in pages:
                    page = getattr(statement, name)
                    yield from page.all() if hasattr(page, "all") else filter(None, [page])


def _is_public(record: "models.Model | None") -> bool:
    return getattr(record, "is_published", True)


class Sourced(models.Model):
    """A statement, which names the document it rests on."""

    source = models.ForeignKey(Source, models.PROTECT, help_text="The document that says so.")

    class Meta:
        abstract = True


def union_of_sources(statements: Iterable[Sourced]) -> list[Source]:
    """Each source once, in the order in which the statements name them."""
    return list({statement.source_id: statement.source for statement in statements}.values())
