"""Create or update the groups that give accounts their permissions."""

from django.core.management.base import BaseCommand
from django.db import transaction

from directory.accounts.roles import ROLES, update_role


class Command(BaseCommand):
    """`manage.py make_roles`: create or update each role's group; its members stay in it."""

    help = "Create or update the roles Editor, Publisher and Administrator."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Print which roles changed."""
        changed = [role for role in ROLES if update_role(role)]
        self.stdout.write(
            f"Created or updated: {', '.join(changed)}." if changed else "All roles are up to date."
        )
