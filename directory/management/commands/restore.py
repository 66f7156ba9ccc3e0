"""Restore a backup."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.backup.files import BackupError, restore_backup


class Command(BaseCommand):
    """`manage.py restore FILE`: restore all of it or, if anything is wrong, nothing."""

    help = "Restore a backup. Without --replace, the database must be empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace everything in the database")

    def handle(self, *args: object, file: Path, replace: bool, **options: object) -> None:
        try:
            counts = restore_backup(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: restored {sum(counts.values())} rows of {len(counts)} tables.")
