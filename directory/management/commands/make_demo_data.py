"""Fill an empty database with demo places, for benchmarks and tests."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from directory.database import analyze
from directory.loading.demo_data import DemoData
from directory.models import City, LoadedRecord


class Command(BaseCommand):
    """`manage.py make_demo_data N`: N demo places; refuses a database that holds content."""

    help = "Make N realistic, valid places in an empty database, the same every time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)

    def handle(self, *args: Any, number: int, **options: Any) -> None:
        if City.objects.exists() or LoadedRecord.objects.exists():
            raise CommandError(
                "This database holds content already. Make places in a database of their own: "
                "set DATABASE_URL=sqlite:///places.sqlite3, and migrate it first."
            )
        if not 0 < number <= DemoData.MAX:
            raise CommandError(f"{number} places cannot be made: ask for 1 to {DemoData.MAX:,}.")
        with transaction.atomic():
            DemoData().make(number)
            analyze()
        self.stdout.write(f"Made {number} places.")
