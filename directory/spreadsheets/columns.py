"""The columns of each spreadsheet: the fields of its model, in their order."""

from django.db.models import Model

from directory.models import City, Membership, Partner, Partnership, Priority

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    City: (
        "slug",
        "name",
        "nation",
        "initiative",
        "standfirst",
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
    ),
    Membership: ("city", "network", "date", "precision", "note", "source"),
    Partner: ("slug", "name", "kind", "summary", "website", "source"),
    Partnership: ("partner", "city", "network", "role", "description", "order", "source"),
    Priority: ("slug", "name", "summary", "icon", "order"),
}

# Fields that staff can edit on a form and that are deliberately not a column.
LEFT_OUT: dict[type[Model], tuple[str, ...]] = {}
