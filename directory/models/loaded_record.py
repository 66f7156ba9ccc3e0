"""The load log: every fixture record that was ever loaded."""

from django.db import models


class LoadedRecord(models.Model):
    """One record that was loaded from the fixtures: never loaded a second time, even if staff delete it."""

    model = models.CharField(max_length=100)
    natural_key = models.TextField(help_text="As the fixture wrote it; it may be called otherwise by now.")
    object_id = models.PositiveBigIntegerField(help_text="The record itself, whatever it is called.")
    fixture_digest = models.CharField(max_length=64, help_text="Of what the fixture said.")
    stored_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of what was then in the database; empty where staff had made the record already.",
    )

    class Meta:
        ordering = ["model", "natural_key"]
        constraints = [models.UniqueConstraint(fields=["model", "natural_key"], name="loaded_record_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.natural_key}"
