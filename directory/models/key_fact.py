"""Short facts about a city."""

from django.db import models

from directory.models.natural_key import NaturalKeyModel
from directory.models.section import ORDER_HELP
from directory.models.source import Sourced


class KeyFact(NaturalKeyModel, Sourced):
    """One short fact about a city."""

    natural_key_lookups = ("city__slug", "label")

    city = models.ForeignKey("City", models.CASCADE, related_name="key_facts")
    label = models.CharField(max_length=80, help_text="What the fact is about, for instance “Population”.")
    value = models.CharField(max_length=200)
    at_a_glance = models.BooleanField(
        default=False,
        help_text="Show it in the box “At a glance”, for instance another name. Others are under “Figures”.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["city", "label"], name="key_fact_label_once_a_city")]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
