"""Write a backup."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.backup.files import BackupError, write_backup


class Command(BaseCommand):
    """`manage.py backup FILE`: write content, accounts and history, then read the file back and compare."""

    help = "Write all content, accounts and history to one file, to restore on SQLite or PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            counts = write_backup(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{file}: {sum(counts.values())} rows of {len(counts)} tables, read back and compared."
        )
