"""Places as the first schema had them, which the newest models can no longer write."""

from decimal import Decimal

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FIRST = ("directory", "0002_search_index")
NUMBER = 10_000
BATCH = 1_000


def fill():
    """Make the cities, each with a part of every kind that pages show."""
    apps = MigrationExecutor(connection).loader.project_state(FIRST).apps
    with transaction.atomic():
        (source,) = many(
            apps,
            "Source",
            [{"title": "A document", "slug": "a", "publisher": "Somebody", "kind": "web-page"}],
        )
        shared = {"name": "Shared", "slug": "shared", "summary": "By all."}
        (network,) = many(apps, "Network", [shared | {"short_name": "Network", "source": source}])
        (partner,) = many(apps, "Partner", [shared | {"source": source}])
        (priority,) = many(apps, "Priority", [shared | {"icon": "scale"}])
        cities = many(apps, "City", [city(number, source) for number in range(NUMBER)])
        for name, fields in {
            "CitySection": {"heading": "A section", "body": "Its text."},
            "KeyFact": {"label": "A fact", "value": "Its value"},
            "Membership": {"network": network},
            "Partnership": {"partner": partner, "role": "Founder"},
        }.items():
            many(apps, name, [{"city": city, "source": source} | fields for city in cities])
        city_priority = {"title": "A priority", "text": "Its text.", "source": source}
        city_priorities = many(apps, "CityPriority", [{"city": city} | city_priority for city in cities])
        served = [{"citypriority": city_priority, "priority": priority} for city_priority in city_priorities]
        many(apps, "CityPriority_priorities", served)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as in any database that has been in use for some minutes


def many(apps, name, records):
    """Write these records in batches, without the signals that the newest models listen to."""
    model = apps.get_model("directory", name)
    return model.objects.bulk_create([model(**fields) for fields in records], BATCH)


def city(number, source):
    """What is known of one city, somewhere in England."""
    return {
        "name": f"City {number:05}",
        "slug": f"city-{number:05}",
        "nation": "england",
        "status": "published",
        "summary": "A city that learns.",
        "search_text": f"city {number:05} a city that learns",
        "latitude": Decimal(51) + Decimal(number % 100) / 50,
        "longitude": Decimal(-2) + Decimal(number // 100) / 50,
        "position_source": source,
        "source": source,
    }
