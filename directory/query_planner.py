"""What the database's planner of queries knows of the rows."""

from django.db import connection


def learn_of_new_rows() -> None:
    """Have PostgreSQL count the rows that came all at once: until it does, a page can take it minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
