"""Guides: longer texts for people who want to know how it works, or to take part."""

from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse

from directory.models.natural_key import NaturalKeyModel
from directory.models.publication import PublishableModel, PublishableQuerySet
from directory.models.section import LINK_HELP, ORDER_HELP, Section
from directory.models.source import Sourced


class GuideQuerySet(PublishableQuerySet):
    """Guides."""

    def with_page_data(self) -> Self:
        """Load all that a guide's page shows."""
        return self.select_related("source", "network").prefetch_related(
            Prefetch("sections", GuideSection.objects.select_related("source")),
            Prefetch("resources", RelatedResource.objects.select_related("source")),
        )


class Guide(PublishableModel, Sourced):
    """A text of several sections, with resources to go on with."""

    title = models.CharField(max_length=150, unique=True)
    summary = models.TextField(help_text="Two sentences: who the guide is for, and what they will learn.")
    network = models.ForeignKey(
        "Network",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="guides",
        help_text="The network that the guide is about, if any.",
    )
    next_step = models.TextField(
        blank=True, help_text=f"What readers can do next, in one sentence with a link. {LINK_HELP}"
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    search_relations = ("sections", "resources")

    objects = GuideQuerySet.as_manager()

    class Meta(PublishableModel.Meta):
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guide_detail", args=[self.slug])

    def search_words(self) -> Iterator[str]:
        """Return the texts by which a search finds the guide."""
        yield from (self.title, self.summary, self.next_step)
        for section in self.sections.all():
            yield from (section.heading, section.body)
        for resource in self.resources.all():
            yield from (resource.title, resource.note)

    def search_description(self) -> str:
        """Return its summary."""
        return self.summary


class GuideSection(NaturalKeyModel, Section):
    """One headed part of a guide."""

    natural_key_lookups = ("guide__slug", "heading")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="sections")

    class Meta(Section.Meta):
        constraints = [
            models.UniqueConstraint(fields=["guide", "heading"], name="guide_section_heading_once")
        ]


class ResourceKind(models.TextChoices):
    DOCUMENT = "document", "Documents"
    DESIGNATION = "sister-designation", "Other UNESCO designations and inscriptions"


class RelatedResource(NaturalKeyModel, Sourced):
    """Something to read or look into after a guide."""

    natural_key_lookups = ("guide__slug", "title")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="resources")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ResourceKind, default=ResourceKind.DOCUMENT)
    note = models.CharField(max_length=200, blank=True, help_text="Where to find it, or what it is.")
    url = models.URLField("URL", blank=True)
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    class Meta:
        ordering = ["kind", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["guide", "title"], name="related_resource_title_once")]

    def __str__(self) -> str:
        return self.title
