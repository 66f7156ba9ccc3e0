"""Cities as a table."""

from directory.models import City
from directory.spreadsheets.resource import TableResource


class CityTable(TableResource):
    class Meta:
        model = City
        fields = (
            "slug",
            "name",
            "nation",
            "initiative",
            "summary",
            "status",
            "live_from",
            "latitude",
            "longitude",
            "position_source",
            "coordinates_as_published",
            "coordinates_source",
            "coordinates_note",
            "label_side",
            "website",
            "contact",
            "last_reviewed",
            "review_months",
            "source",
        )
