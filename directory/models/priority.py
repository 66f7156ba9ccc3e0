"""The shared vocabulary of priorities, and each city's own."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.db import models
from django.db.models import F
from django.urls import reverse

from directory.models.former_slug import SluggedModel, SluggedQuerySet
from directory.models.natural_key import NaturalKeyModel, NaturalKeyQuerySet
from directory.models.publication import public
from directory.models.section import MARKDOWN_HELP, ORDER_HELP
from directory.models.source import Sourced

SENTENCE_END = re.compile(r"(?<=[.!?])\s")


class Icon(models.TextChoices):
    """The icons that there are: one file each in templates/icons/."""

    BOOK_OPEN = "book-open", "Book"
    BRIEFCASE = "briefcase", "Briefcase"
    HEART_PULSE = "heart-pulse", "Heart"
    LIGHTBULB = "lightbulb", "Light bulb"
    MOUNTAIN = "mountain", "Mountain"
    PALETTE = "palette", "Palette"
    SCALE = "scale", "Scales"
    SPROUT = "sprout", "Sprout"
    USERS = "users", "People"


class PriorityQuerySet(SluggedQuerySet):
    """Priorities that visitors filter by."""

    def by_city(self, keys: Iterable[int]) -> "dict[int, list[Priority]]":
        """Return the priorities of each of these cities, each once, in their order."""
        found: dict[int, list[Priority]] = {}
        served: Any = self.filter(city_priorities__city__in=keys)
        for priority in served.annotate(city_id=F("city_priorities__city")).distinct():
            found.setdefault(priority.city_id, []).append(priority)
        return found


class Priority(SluggedModel):
    """A shared priority, to which our editors assign the priorities of cities."""

    name = models.CharField(max_length=80, unique=True)
    summary = models.TextField(help_text="One or two sentences on what this priority covers.")
    icon = models.CharField(max_length=20, choices=Icon, help_text="Shown beside the name of the priority.")
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    structure_fields = ("name", "slug", "order")

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "priorities"
        permissions = [("import_priority", "Can import priorities")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("priority_detail", args=[self.slug])

    def search_words(self) -> Iterator[str]:
        """Return its name and what it gathers."""
        yield from (self.name, self.summary)

    def search_description(self) -> str:
        """Return its summary."""
        return self.summary

    def published_city_priorities(self) -> "CityPriorityQuerySet":
        """Return the priorities of published cities that belong to this one."""
        city_priorities = CityPriority.objects.filter(priorities=self).published()
        return city_priorities.select_related("city", "source").order_by("city__name", "order")


class Basis(models.TextChoices):
    ADOPTED = "adopted", "formal priority of the initiative"
    DRAWN = "drawn", "taken from a description of the city"


class CityPriorityQuerySet(NaturalKeyQuerySet):
    """Cities' priorities."""

    def published(self) -> Self:
        """Narrow to the priorities of published cities."""
        return self.filter(public("city__"))


class CityPriority(NaturalKeyModel, Sourced):
    """One priority of one city, as its source words it."""

    natural_key_lookups = ("city__slug", "title")
    structure_fields = ("city", "priorities")

    city = models.ForeignKey("City", models.CASCADE, related_name="city_priorities")
    title = models.CharField(max_length=150, help_text="Use the city’s own title if it gives one.")
    text = models.TextField(help_text=MARKDOWN_HELP)
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)
    basis = models.CharField(
        max_length=10,
        choices=Basis,
        default=Basis.DRAWN,
        help_text="Is it a formal priority of the initiative, or taken from a description of the city?",
    )
    priorities = models.ManyToManyField(
        Priority,
        related_name="city_priorities",
        help_text="The shared priorities that this priority belongs to: visitors filter by these.",
    )

    objects = CityPriorityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "city’s priority"
        verbose_name_plural = "cities’ priorities"
        constraints = [
            models.UniqueConstraint(fields=["city", "title"], name="city_priority_title_once_a_city")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_sentence(self) -> str:
        """Return the first sentence of its text, or an empty string if the text begins with a list."""
        first_line = self.text.partition("\n")[0].strip()
        return "" if first_line.startswith("- ") else SENTENCE_END.split(first_line, maxsplit=1)[0]

    @property
    def is_adopted(self) -> bool:
        """Return whether it is a formal priority of the initiative."""
        return self.basis == Basis.ADOPTED
