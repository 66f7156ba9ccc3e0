"""The state of the content, as one random token: whoever kept a page can tell whether it still holds."""

from django.db import connections, models


class RevisionQuerySet(models.QuerySet):
    """The one row there is."""

    def current(self) -> str | None:
        """The token of the content as it is now; None if the database was never prepared."""
        # Asked at every request: building this query anew would take longer than answering it.
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT token FROM directory_revision")
            row = cursor.fetchone()
        return row[0] if row else None


class Revision(models.Model):
    """One row, with a fresh token after every change of content, by the database's own triggers."""

    token = models.CharField(max_length=36)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="revision_one_row")]

    def __str__(self) -> str:
        return self.token
