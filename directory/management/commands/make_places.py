"""Fill an empty database with made-up places, for benchmarks and tests."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from directory.models import City, LoadedRecord
from directory.places.maker import PlaceMaker
from directory.query_planner import learn_of_new_rows


class Command(BaseCommand):
    """`manage.py make_places N`: the same N places every time; refuses a database that holds real content."""

    help = "Make N realistic, valid places in an empty database, the same every time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)

    def handle(self, *args: Any, number: int, **options: Any) -> None:
        if City.objects.exists() or LoadedRecord.objects.exists():
            raise CommandError(
                "This database holds content already. Make places in a database of their own: "
                "set DATABASE_URL=sqlite:///places.sqlite3, and migrate it first."
            )
        if not 0 < number <= PlaceMaker.MOST:
            raise CommandError(f"{number} places cannot be made: ask for 1 to {PlaceMaker.MOST:,}.")
        with transaction.atomic():
            PlaceMaker().make(number)
            learn_of_new_rows()
        self.stdout.write(f"Made {number} places.")
