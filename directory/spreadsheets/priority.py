"""The shared priorities as a table."""

from directory.models import Priority
from directory.spreadsheets.resource import TableResource


class PriorityTable(TableResource):
    class Meta:
        model = Priority
        fields = ("slug", "name", "summary", "icon", "order")
