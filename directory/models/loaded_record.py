"""The load log: every fixture record that was ever loaded."""

from django.db import models


class LoadedRecord(models.Model):
    """One record that was loaded from the fixtures: never loaded a second time, even if staff delete it."""

    model = models.CharField(max_length=100)
    natural_key = models.TextField(
        help_text="As the fixture gives it. The record may have been renamed since."
    )
    object_id = models.PositiveBigIntegerField(
        help_text="The primary key of the record, which a new name does not change."
    )
    fixture_digest = models.CharField(max_length=64, help_text="A digest of the record in the fixture.")
    stored_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text=(
            "A digest of the record in the database once it was loaded. "
            "Empty if staff had created the record already."
        ),
    )

    class Meta:
        ordering = ["model", "natural_key"]
        constraints = [models.UniqueConstraint(fields=["model", "natural_key"], name="loaded_record_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.natural_key}"
