"""Make the groups that accounts are put in."""

from django.core.management.base import BaseCommand
from django.db import transaction

from directory.accounts.roles import ROLES, make_role


class Command(BaseCommand):
    """`manage.py make_roles`: the roles as the table says; whom they were given to stays as it is."""

    help = "Make or mend the roles Editor, Publisher and Administrator."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Say what was changed."""
        changed = [role for role in ROLES if make_role(role)]
        self.stdout.write(f"Made or mended: {', '.join(changed)}." if changed else "The roles are right.")
