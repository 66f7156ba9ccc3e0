"""Memberships of networks as a table."""

from typing import Any

from directory.models import Membership
from directory.models.date_precision import first_of
from directory.spreadsheets.resource import TableResource


class MembershipTable(TableResource):
    class Meta:
        model = Membership
        fields = ("city", "network", "date", "precision", "note", "source")

    def import_instance(self, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        """Keep no more of the date than is known, as the model does, before anything is compared."""
        super().import_instance(instance, row, **kwargs)
        instance.date = first_of(instance.date, instance.precision)
