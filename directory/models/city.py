"""Cities: the records that everything else is about."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from directory.geography.coordinates import (
    DECIMAL_PLACES,
    EASTERNMOST,
    NORTHERNMOST,
    SOUTHERNMOST,
    WESTERNMOST,
    Position,
)
from directory.geography.position_check import position_error
from directory.geography.projection import distance_km
from directory.models.city_queries import CityQuerySet
from directory.models.gaps import missing_from
from directory.models.publication import PublishableModel, Status
from directory.models.review import months_between_reviews, not_in_the_future
from directory.models.source import Source, Sourced

if TYPE_CHECKING:
    from directory.models.priority import CityPriority, Priority


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"


class LabelSide(models.TextChoices):
    LEFT = "left", "left of the pin"
    RIGHT = "right", "right of the pin"


MAX_STANDFIRST = 110


class City(PublishableModel, Sourced):
    """A learning city."""

    name = models.CharField(max_length=80, unique=True)
    initiative = models.CharField(
        "initiative’s name",
        max_length=120,
        blank=True,
        help_text="What the city calls its learning city work. Leave it empty if no source gives a name.",
    )
    nation = models.CharField(max_length=20, choices=Nation)
    standfirst = models.CharField(
        max_length=MAX_STANDFIRST,
        blank=True,
        help_text=(
            "One line for lists and search engines: what the city wants from learning. "
            f"At most {MAX_STANDFIRST} characters. Required before the city is published."
        ),
    )
    summary = models.TextField(help_text="Two or three sentences for somebody who lives there.")
    latitude = models.DecimalField(
        max_digits=2 + DECIMAL_PLACES,
        decimal_places=DECIMAL_PLACES,
        null=True,
        blank=True,
        help_text="In decimal degrees (WGS 84), for example 51.45523. North is positive.",
    )
    longitude = models.DecimalField(
        max_digits=2 + DECIMAL_PLACES,
        decimal_places=DECIMAL_PLACES,
        null=True,
        blank=True,
        help_text="In decimal degrees (WGS 84), for example -2.59665. West is negative.",
    )
    position_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positioned_cities",
        help_text="Where the latitude and longitude come from.",
    )
    coordinates_as_published = models.CharField(
        max_length=100,
        blank=True,
        help_text="Coordinates exactly as a source prints them, even if they are wrong.",
    )
    coordinates_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coordinates_published",
        help_text="The document that prints these coordinates.",
    )
    coordinates_note = models.TextField(
        blank=True,
        help_text="One or two sentences on what is wrong with the printed coordinates, if anything.",
    )
    label_side = models.CharField(
        "map label",
        max_length=5,
        choices=LabelSide,
        default=LabelSide.RIGHT,
        help_text="Select the other side if the name would cover another city’s name.",
    )
    website = models.URLField(blank=True, help_text="The initiative’s website, if a source gives one.")
    contact = models.EmailField(
        "contact address",
        blank=True,
        help_text="An e-mail address to show on the page. Use an office’s address, not a person’s.",
    )
    last_reviewed = models.DateField(
        null=True,
        blank=True,
        validators=[not_in_the_future],
        help_text="When somebody last checked the whole page against its sources.",
    )
    review_months = models.PositiveSmallIntegerField(
        "review after",
        default=12,
        validators=months_between_reviews,
        help_text="The number of months until somebody should check the page against its sources again.",
    )

    structure_fields = (
        *PublishableModel.structure_fields,
        "name",
        "slug",
        "nation",
        "latitude",
        "longitude",
        "label_side",
    )
    search_relations = (
        "city_priorities__priorities",
        "sections",
        "key_facts",
        "memberships__network",
        "partnerships__partner",
    )

    objects = CityQuerySet.as_manager()

    class Meta(PublishableModel.Meta):
        ordering = ["name"]
        verbose_name_plural = "cities"
        permissions = [("import_city", "Can import cities")]
        # Each covers the queries of a count, an order or the map: they read no row.
        indexes = [
            models.Index(fields=["status", "name", "live_from"], name="city_public_by_name"),
            models.Index(fields=["status", "nation", "live_from"], name="city_public_by_nation"),
            models.Index(
                fields=["status", "latitude", "longitude", "live_from"], name="city_public_by_position"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(SOUTHERNMOST, NORTHERNMOST))
                & Q(longitude__range=(WESTERNMOST, EASTERNMOST))
                & Q(latitude__isnull=False, longitude__isnull=False, position_source__isnull=False)
                | Q(latitude__isnull=True, longitude__isnull=True, position_source__isnull=True),
                name="city_position_in_uk_with_its_source",
                violation_error_message=(
                    "Enter the latitude, longitude and source of the position, or leave all three empty."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(latitude__isnull=False),
                name="city_published_with_a_position",
                violation_error_message=(
                    "A published city needs a position, because the map shows every city. "
                    "Enter its position, or save the city as a draft."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | ~Q(standfirst=""),
                name="city_published_with_a_standfirst",
                violation_error_message=(
                    "A published city needs a standfirst, because lists show it. "
                    f"Write one line of at most {MAX_STANDFIRST} characters, or save the city as a draft."
                ),
            ),
            models.CheckConstraint(
                condition=Q(coordinates_as_published="", coordinates_source__isnull=True)
                | (~Q(coordinates_as_published="") & Q(coordinates_source__isnull=False)),
                name="city_published_coordinates_with_their_source",
                violation_error_message=(
                    "Enter both the coordinates as published and their source, or leave both empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("city_detail", args=[self.slug])

    def search_names(self) -> Iterator[str]:
        """Return its name and what it calls its learning city work."""
        yield from (self.name, self.initiative)

    def search_keywords(self) -> Iterator[str]:
        """Return the titles of its priorities, the shared ones that they belong to, and its partners."""
        for own in self.city_priorities.all():
            yield from (own.title, *(priority.name for priority in own.priorities.all()))
        yield from map(str, self.partnerships.all())

    def search_words(self) -> Iterator[str]:
        """Return all that its page and its card say of it."""
        yield from (*self.search_names(), *self.search_keywords())
        yield from (self.get_nation_display(), self.standfirst, self.summary)
        yield from (own.text for own in self.city_priorities.all())
        for section in self.sections.all():
            yield from (section.heading, section.body)
        yield from map(str, self.key_facts.all())
        for membership in self.memberships.all():
            yield from (membership.network.name, membership.network.short_name)
            yield from (membership.joined_phrase, membership.note)
        yield from (partnership.description for partnership in self.partnerships.all())

    def search_description(self) -> str:
        """Return its standfirst."""
        return self.standfirst

    def clean(self) -> None:
        """Refuse a position that cannot be this city's."""
        super().clean()
        if self.position is None or self.nation not in Nation.values:
            return
        if reason := position_error(self.position, self.nation, dict(Nation.choices)):
            raise ValidationError({"latitude": reason})

    @property
    def position(self) -> Position | None:
        """Return where the city is, or None if that is not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

    def kilometres_to(self, other: "City") -> float:
        """Return the length of the straight line to another city, in kilometres.

        Raise ValueError if either city has no position.
        """
        if self.position is None or other.position is None:
            raise ValueError(f"{self} or {other} has no position.")
        return distance_km(self.position, other.position)

    @property
    def shared_priorities(self) -> "list[Priority]":
        """Return the shared priorities that its own belong to, each once, in their order."""
        served = self.city_priorities_by_priority()
        return sorted(served, key=lambda priority: (priority.order, priority.name))

    def city_priorities_by_priority(self) -> "dict[Priority, CityPriority]":
        """Return, for each shared priority, the city's priority that belongs to it, a formal one first."""
        city_priorities = sorted(self.city_priorities.all(), key=lambda one: one.is_adopted)
        return {priority: one for one in city_priorities for priority in one.priorities.all()}

    def matches(self, selected: "Iterable[Priority]") -> "dict[CityPriority, list[Priority]]":
        """Return its own priorities that belong to the selected ones, each with those that it belongs to."""
        served = self.city_priorities_by_priority()
        found: dict[CityPriority, list[Priority]] = {}
        for priority in selected:
            if priority in served:
                found.setdefault(served[priority], []).append(priority)
        return found

    def gaps(self) -> list[str]:
        """Return a phrase for each fact that its page lacks, in the order of the page."""
        return list(missing_from(self))
