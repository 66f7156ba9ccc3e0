"""Records that are identified by natural keys, so that people can read fixtures."""

from typing import Any, ClassVar

from django.db import models


class NaturalKeyQuerySet(models.QuerySet):
    """Finds a record by its model's `natural_key_lookups`."""

    def get_by_natural_key(self, *key: str | None) -> Any:
        """Return the record with this key. Raise the model's DoesNotExist if there is none."""
        lookups: tuple[str, ...] = self.model.natural_key_lookups  # type: ignore[attr-defined]
        return self.get(**dict(zip(lookups, key, strict=True)))


class NaturalKeyModel(models.Model):
    """A record with a natural key: the values at `natural_key_lookups`, in that order."""

    natural_key_lookups: ClassVar[tuple[str, ...]] = ("slug",)
    # Lists, maps and counts are made of these fields: a change of one changes the structure's version.
    structure_fields: ClassVar[tuple[str, ...]] = ()

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str | None, ...]:
        """Return the values that identify the record."""
        return tuple(self._value_at(lookup) for lookup in self.natural_key_lookups)

    def _value_at(self, lookup: str) -> str | None:
        value: Any = self
        for name in lookup.split("__"):
            value = None if value is None else getattr(value, name)
        return value
