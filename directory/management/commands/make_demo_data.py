"""Fill an empty database with demo data, for benchmarks and trials."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from directory.database import analyze
from directory.loading.demo_data import DemoData
from directory.models import City, LoadedRecord


class Command(BaseCommand):
    """`manage.py make_demo_data N`: create N demo cities; refuse a database that has content."""

    help = "Create N realistic, valid cities in an empty database, the same every time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)

    def handle(self, *args: Any, number: int, **options: Any) -> None:
        if City.objects.exists() or LoadedRecord.objects.exists():
            raise CommandError(
                "This database has content already. Use a database of its own for demo data: "
                "set DATABASE_URL=sqlite:///demo.sqlite3, and run migrate first."
            )
        if not 0 < number <= DemoData.MAX:
            raise CommandError(f"{number} demo cities cannot be created: ask for 1 to {DemoData.MAX:,}.")
        with transaction.atomic():
            DemoData().make(number)
            analyze()
        self.stdout.write(f"Created {number} demo cities.")
