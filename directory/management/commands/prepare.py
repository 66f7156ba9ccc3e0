"""Prepare the database for this version of the site."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from directory.database import locked_against_other_processes

STEPS = (
    ("migrate", "--no-input"),
    ("make_roles",),
    ("load_content",),
)


class Command(BaseCommand):
    """`manage.py prepare`: migrate, make the roles, load the content; safe to run more than once."""

    help = (
        "Migrate, make the roles and load the content. Safe to run at every start, by many processes at once."
    )

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        with locked_against_other_processes():
            for name, *arguments in STEPS:
                call_command(name, *arguments, verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)
