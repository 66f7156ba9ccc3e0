"""Load the content of the fixtures."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.loading.fixture_files import FixtureError
from directory.loading.loader import Outcome, load_fixtures

WRITTEN = (Outcome.CREATED, Outcome.UPDATED)
LISTED = (Outcome.KEPT, Outcome.ALREADY_HERE, Outcome.DELETED_HERE, Outcome.PARENT_DELETED_HERE)
LISTED_BY_CHECK = (*LISTED, Outcome.CHANGED_HERE, *WRITTEN)
ALWAYS_COUNTED = (*WRITTEN, Outcome.UNCHANGED)


class Command(BaseCommand):
    """`manage.py load_content`: load what is missing, leave alone what staff changed or deleted."""

    help = "Load the content of the fixtures. What staff changed or deleted is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="list what would be done and what staff changed; write nothing",
        )
        parser.add_argument("--from", dest="folder", type=Path, default=settings.FIXTURES_DIR)

    def handle(self, *args: object, check: bool, folder: Path, **options: object) -> None:
        try:
            outcomes = load_fixtures(folder, check_only=check)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for outcome in LISTED_BY_CHECK if check else LISTED:
            for record in outcomes[outcome]:
                self.stdout.write(f"{record}: {'would be ' * (outcome in WRITTEN)}{outcome}.")
        counts = ", ".join(f"{len(outcomes[outcome])} {outcome}" for outcome in ALWAYS_COUNTED)
        others = "".join(
            f"; {len(records)} {outcome}"
            for outcome, records in outcomes.items()
            if records and outcome not in ALWAYS_COUNTED
        )
        self.stdout.write(f"{'Would be' if check else 'Content'}: {counts}{others}.")
