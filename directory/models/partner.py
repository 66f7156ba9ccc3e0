"""Organisations, and what they do for a city or a network."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Lower
from django.urls import reverse

from directory.models.former_slug import SluggedModel, SluggedQuerySet
from directory.models.natural_key import NaturalKeyModel, NaturalKeyQuerySet
from directory.models.publication import public
from directory.models.section import MARKDOWN_HELP, ORDER_HELP
from directory.models.source import Sourced

if TYPE_CHECKING:
    from directory.models.city import City
    from directory.models.network import Network


class PartnerKind(models.TextChoices):
    UNIVERSITY = "university", "University"
    COLLEGE = "college", "College"
    COUNCIL = "council", "Council"
    PUBLIC_BODY = "public-body", "Public body"
    BOARD = "board", "Board"
    PARTNERSHIP = "partnership", "Partnership or network"
    FOUNDATION = "foundation", "Trust or foundation"
    INTERNATIONAL = "international", "International organisation"
    GROUP = "group", "Group of organisations"
    UNKNOWN = "", "Organisation"


class PartnerQuerySet(SluggedQuerySet):
    """Organisations."""

    def published(self) -> Self:
        """Narrow to the organisations that work with a network or with a published city."""
        return self.filter(Exists(Partnership.objects.published().filter(partner=OuterRef("pk"))))

    def with_page(self) -> Self:
        """Narrow to those with a page of their own; `Partner.has_page` is the same rule for one record."""
        return self.published().exclude(kind=PartnerKind.GROUP).exclude(summary="", website="")

    def with_page_data(self) -> Self:
        """Load what the public sees each one do, and for whom."""
        return self.select_related("source").prefetch_related(
            Prefetch(
                "partnerships",
                Partnership.objects.published().select_related("source").by_owner(),
            )
        )


class Partner(SluggedModel, Sourced):
    """An organisation, or a group of them, that works with a city or a network."""

    name = models.CharField(max_length=150, unique=True)
    kind = models.CharField(
        max_length=20,
        choices=PartnerKind,
        default=PartnerKind.UNKNOWN,
        blank=True,
        help_text="A group of organisations, such as “Employers”, is named without a link and has no page.",
    )
    summary = models.TextField(
        blank=True,
        help_text=(
            "What it is, if the source says more than its role. With a summary or a website it has a page of "
            f"its own. {MARKDOWN_HELP}"
        ),
    )
    website = models.URLField(blank=True)

    search_relations = ("partnerships__city", "partnerships__network")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        permissions = [("import_partner", "Can import partners")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the URL of its page, or of its entry on the page of the first that it works with."""
        if self.has_page:
            return reverse("partner_detail", args=[self.slug])
        first = self.partnerships.published().by_owner().first()
        owner = first.owner if first else None
        return f"{owner.get_absolute_url()}#{self.anchor}" if owner else reverse("partner_list")

    @property
    def has_page(self) -> bool:
        """Return whether there is more to say of it than its role."""
        return self.kind != PartnerKind.GROUP and bool(self.summary or self.website)

    @property
    def is_published(self) -> bool:
        """Return whether the public sees it; `PartnerQuerySet.published` is the same rule for queries."""
        return self.partnerships.published().exists()

    @property
    def anchor(self) -> str:
        """Return the fragment of its entry on the page of a city or a network."""
        return f"partner-{self.slug}"

    def search_words(self) -> Iterator[str]:
        """Return what it is, and what it does for whom."""
        yield from (self.name, self.search_description(), self.summary)
        yield from (partnership.description for partnership in self.published_partnerships())

    def search_description(self) -> str:
        """Return what kind of organisation it is, and its roles."""
        roles = (f"{one.role}: {one.owner}" for one in self.published_partnerships())
        return "; ".join((self.get_kind_display(), *roles))

    def published_partnerships(self) -> "list[Partnership]":
        """Return its partnerships without those of drafts of cities."""
        return [one for one in self.partnerships.all() if one.city is None or one.city.is_published]


class PartnershipQuerySet(NaturalKeyQuerySet):
    """What organisations do for cities and networks."""

    def published(self) -> Self:
        """Narrow to what the public sees: the partnerships of networks and of published cities."""
        return self.filter(Q(network__isnull=False) | public("city__"))

    def by_owner(self) -> Self:
        """Load the cities and networks, and put those of cities first, by name."""
        return self.select_related("city", "network").order_by(
            F("city__name").asc(nulls_last=True), "network__order", "network__name", "order", "pk"
        )


class Partnership(NaturalKeyModel, Sourced):
    """An organisation's role for one city or one network."""

    natural_key_lookups = ("partner__slug", "city__slug", "network__slug")

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="partnerships")
    city = models.ForeignKey("City", models.CASCADE, null=True, blank=True, related_name="partnerships")
    network = models.ForeignKey("Network", models.CASCADE, null=True, blank=True, related_name="partnerships")
    role = models.CharField(max_length=100, help_text="In a few words, for instance “Launch partner”.")
    description = models.TextField(blank=True, help_text="What it does or did, in a sentence or two.")
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        permissions = [("import_partnership", "Can import partnerships")]
        constraints = [
            models.CheckConstraint(
                condition=Q(city__isnull=True) ^ Q(network__isnull=True),
                name="partnership_of_one_city_or_one_network",
                violation_error_message="Select a city or a network, but not both.",
            ),
            models.UniqueConstraint(
                fields=["partner", "city"],
                name="partnership_once_a_city",
            ),
            models.UniqueConstraint(
                fields=["partner", "network"],
                name="partnership_once_a_network",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.role}"

    @property
    def owner(self) -> "City | Network | None":
        """Return the city or the network that it is for."""
        return self.city or self.network
