"""The base of admins whose records have a public page, or belong to one that has."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest

from directory.admin.content import ContentAdmin
from directory.models.former_slug import SluggedModel


def public_url(record: Any) -> str | None:
    """Return the URL of a record's public page, or None while the public cannot see it."""
    return record.get_absolute_url() if getattr(record, "is_published", True) else None


class SluggedAdmin(ContentAdmin):
    """A kind of record with a public page."""

    def view_on_site(self, record: SluggedModel) -> str | None:
        return public_url(record)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: SluggedModel | None = None
    ) -> dict[str, Sequence[str]]:
        """Propose a slug for new records only."""
        return {} if obj else dict(self.prepopulated_fields)


class RelatedRecordAdmin(ContentAdmin):
    """A kind of record that belongs to a record with a public page."""

    # The foreign key to that record.
    owner: ClassVar[str]

    def view_on_site(self, record: Any) -> str | None:
        return public_url(getattr(record, self.owner))
