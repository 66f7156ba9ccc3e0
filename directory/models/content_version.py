"""The version of the content, as random tokens that the database's triggers replace at every change."""

from typing import NamedTuple

from django.db import connections, models


class Tokens(NamedTuple):
    """One token for all of the content, and one for what lists, maps and counts are made of."""

    content: str
    structure: str


class ContentVersionQuerySet(models.QuerySet["ContentVersion"]):
    """The one row that there is."""

    def tokens(self) -> Tokens | None:
        """Return the current tokens, or None if the version's row is missing."""
        # Every request runs this query: building it with the ORM would take longer than answering it.
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT content, structure FROM directory_contentversion")
            row = cursor.fetchone()
        return Tokens(*row) if row else None

    def is_prepared(self) -> bool:
        """Return whether the version's table and row exist."""
        connection = connections[self.db]
        is_there = self.model._meta.db_table in connection.introspection.table_names()
        return is_there and self.tokens() is not None

    def lock(self) -> None:
        """Make everybody else who changes content wait until this transaction ends.

        Every change locks this row first, so that no two transactions can wait for each other.
        """
        self.select_for_update().first()


class ContentVersion(models.Model):
    """One row with the tokens of the content as it is now."""

    content = models.CharField(max_length=36)
    structure = models.CharField(max_length=36)

    objects = ContentVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="content_version_one_row")]

    def __str__(self) -> str:
        return self.content
