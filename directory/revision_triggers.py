"""Triggers that move the content's revision with every change of content, whoever makes it.

They fire before the change and within its transaction: what is rolled back moves nothing, and on PostgreSQL
two that change content wait for each other, so that no page can mix the one's with the other's. The token is
random, so that a restored backup never repeats one.
"""

from secrets import token_hex
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections

from directory.models import CONTENT, FormerSlug, Revision

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION directory_new_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_revision SET token = gen_random_uuid();
  RETURN NULL;
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER new_revision BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION directory_new_revision()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS new_revision_{event}_{table} BEFORE {event} ON {table}
BEGIN
  UPDATE directory_revision SET token = lower(hex(randomblob(16)));
END
"""


def create_triggers(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the row and the triggers, on every content table; what is there already stays."""
    connection = connections[using]
    content = (*CONTENT, FormerSlug)
    relations = [field.m2m_db_table() for model in content for field in model._meta.many_to_many]
    tables = [*(model._meta.db_table for model in content), *relations]
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        if Revision._meta.db_table not in there:
            return  # migrated back to a time before there were revisions
        Revision.objects.using(using).get_or_create(pk=1, defaults={"token": token_hex(16)})
        for statement in _statements(connection.vendor, [table for table in tables if table in there]):
            cursor.execute(statement)


def _statements(vendor: str, tables: list[str]) -> list[str]:
    if vendor == "postgresql":
        return [POSTGRESQL_FUNCTION, *(POSTGRESQL_TRIGGER.format(table=table) for table in tables)]
    events = ("INSERT", "UPDATE", "DELETE")
    return [SQLITE_TRIGGER.format(table=table, event=event) for table in tables for event in events]
