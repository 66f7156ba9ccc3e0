"""Which city belongs to which network, and since when."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from directory.models.date_precision import DatePrecision, date_exactly_when_known, dated_phrase, first_of
from directory.models.natural_key import NaturalKeyModel, NaturalKeyQuerySet
from directory.models.publication import public
from directory.models.source import Sourced


class MembershipQuerySet(NaturalKeyQuerySet):
    """Memberships of networks."""

    def published(self) -> Self:
        """Narrow to the memberships that the public sees."""
        return self.filter(public("city__"))

    def by_city(self, keys: Iterable[int]) -> "dict[int, list[Membership]]":
        """Return the memberships of each of these cities, with their networks."""
        found: dict[int, list[Membership]] = {}
        members: Any = self.filter(city__in=keys).select_related("network")
        for membership in members:
            found.setdefault(membership.city_id, []).append(membership)
        return found


class Membership(NaturalKeyModel, Sourced):
    """A city in a network."""

    natural_key_lookups = ("city__slug", "network__slug")
    structure_fields = ("city", "network", "date")

    city = models.ForeignKey("City", models.CASCADE, related_name="memberships")
    network = models.ForeignKey("Network", models.PROTECT, related_name="memberships")
    date = models.DateField(
        "date joined",
        null=True,
        blank=True,
        help_text=(
            "If only the month or year is known, enter its first day. If nothing is known, leave it empty."
        ),
    )
    precision = models.CharField(
        "date is known",
        max_length=10,
        choices=DatePrecision,
        default=DatePrecision.UNKNOWN,
        help_text="How precisely the source gives the date. The page shows no more than that.",
    )
    note = models.CharField(
        max_length=200, blank=True, help_text="What the source says about the membership."
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["network__name", "date"]
        permissions = [("import_membership", "Can import memberships")]
        constraints = [
            models.UniqueConstraint(fields=["city", "network"], name="membership_once_a_pair"),
            date_exactly_when_known("date", "precision", "membership_date_exactly_when_known"),
        ]
        indexes = [models.Index(fields=["network", "date"], name="membership_by_date")]

    def __str__(self) -> str:
        return f"{self.city} in {self.network}"

    def clean(self) -> None:
        """Set a date of which no more is known to the first day of its month or year."""
        super().clean()
        self.date = first_of(self.date, self.precision)

    @property
    def year_joined(self) -> int | None:
        """Return the year in which the city joined, or None if that is not known."""
        return self.date.year if self.date else None

    @property
    def joined(self) -> str:
        """Return when the city joined, as in “on 14 February 2024”, or nothing if that is not known."""
        return dated_phrase(self.date, self.precision)

    @property
    def joined_phrase(self) -> str:
        """Return “Joined UNESCO GNLC on 14 February 2024”, or nothing if the date is not known."""
        return f"Joined {self.network.short_name} {self.joined}" if self.joined else ""
