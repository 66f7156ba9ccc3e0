"""What the forms of all records with a page of their own share."""

from collections.abc import Sequence

from django.http import HttpRequest

from directory.admin.desk import DeskAdmin
from directory.models.former_slug import SluggedModel


class SluggedAdmin(DeskAdmin):
    """A record with a page: ‘view on site’ as soon as the public can see it."""

    def view_on_site(self, record: SluggedModel) -> str | None:
        """The address of its page; none while it is a draft."""
        return record.get_absolute_url() if getattr(record, "is_published", True) else None

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: SluggedModel | None = None
    ) -> dict[str, Sequence[str]]:
        """Propose a slug for what is new; leave an existing address alone."""
        return {} if obj else dict(self.prepopulated_fields)
