"""The headed parts of a city's page."""

from django.db import models

from directory.models.natural_key import NaturalKeyModel
from directory.models.section import Section


class CitySection(NaturalKeyModel, Section):
    """One headed part of a city's page."""

    natural_key_lookups = ("city__slug", "heading")

    city = models.ForeignKey("City", models.CASCADE, related_name="sections")

    class Meta(Section.Meta):
        constraints = [models.UniqueConstraint(fields=["city", "heading"], name="city_section_heading_once")]
