"""Partners, and what they do for whom, as two tables."""

from directory.models import Partner, Partnership
from directory.spreadsheets.resource import TableResource


class PartnerTable(TableResource):
    class Meta:
        model = Partner
        fields = ("slug", "name", "kind", "summary", "website", "source")


class PartnershipTable(TableResource):
    class Meta:
        model = Partnership
        fields = ("partner", "city", "network", "role", "description", "order", "source")
