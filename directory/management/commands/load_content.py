"""Load the content that the fixtures hold."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.loading.fixture_files import FixtureError
from directory.loading.loader import Outcome, load_fixtures

TOLD_ONE_BY_ONE = (
    Outcome.KEPT,
    Outcome.CHANGED_HERE,
    Outcome.ALREADY_HERE,
    Outcome.DELETED_HERE,
    Outcome.PARENT_DELETED_HERE,
)
WRITTEN = (Outcome.CREATED, Outcome.UPDATED)


class Command(BaseCommand):
    """`manage.py load_content`: what is missing is created, what staff changed or deleted is left alone."""

    help = "Create what is missing from the fixtures; never change or revive what staff changed or deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="say what differs, write nothing")
        parser.add_argument("--from", dest="folder", type=Path, default=settings.FIXTURES_DIR)

    def handle(self, *args: object, check: bool, folder: Path, **options: object) -> None:
        try:
            report = load_fixtures(folder, check_only=check)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for outcome in (*TOLD_ONE_BY_ONE, *(WRITTEN if check else ())):
            for record in report.outcomes[outcome]:
                self.stdout.write(f"{record}: {'would be ' * (outcome in WRITTEN)}{outcome}.")
        counts = ", ".join(
            f"{report.count(outcome)} {outcome}"
            for outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)
        )
        self.stdout.write(f"{'Would be' if check else 'Content'}: {counts}.")
