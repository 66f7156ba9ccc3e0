"""Database triggers that replace the content version's tokens at every change, whoever makes it.

They act within the transaction of the change: what is rolled back changes nothing. The triggers for all
content fire before the change, so that on PostgreSQL two who change content wait for each other, and no page
can mix the one's change with the other's. Tokens are random, so that a restored backup never repeats one.

The content token changes with every statement. The structure token changes when rows come or go, and when one
of a model's `structure_fields` has another value: what lists, maps and counts are made of.
"""

from collections.abc import Iterable
from secrets import token_hex
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.models import CONTENT, ContentVersion, FormerSlug, SearchEntry

PREFIX = "contentversion"
PRESENT_ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
EVENTS = ("INSERT", "UPDATE", "DELETE")
NEW_TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}

Columns = dict[str, tuple[str, ...]]


def content_tables() -> list[str]:
    """Return the tables of which every change is a change of content, those of relations included."""
    models = (*CONTENT, FormerSlug, SearchEntry)
    relations = [field.m2m_db_table() for model in models for field in model._meta.many_to_many]
    return [*(model._meta.db_table for model in models), *relations]


def structure_columns() -> Columns:
    """Return the columns of each table of which a change is a change of structure."""
    columns: Columns = {}
    for model in CONTENT:
        fields: list[Any] = [model._meta.get_field(name) for name in model.structure_fields]
        if fields:
            columns[model._meta.db_table] = _columns_of(fields)
        for field in fields:
            if field.many_to_many:
                through = field.remote_field.through._meta
                columns[through.db_table] = _columns_of(one for one in through.fields if one.is_relation)
    return columns


def _columns_of(fields: Iterable[Any]) -> tuple[str, ...]:
    return tuple(field.column for field in fields if not field.many_to_many)


def create_triggers(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Create the version's row and every trigger; after `migrate`, what is there and right stays."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if ContentVersion._meta.db_table not in tables:
        return  # migrated back to a time before there were versions
    first = {"content": token_hex(16), "structure": token_hex(16)}
    ContentVersion.objects.using(using).get_or_create(pk=1, defaults=first)
    content = [table for table in content_tables() if table in tables]
    structure = {table: columns for table, columns in structure_columns().items() if table in tables}
    if connection.vendor == "postgresql":
        _create_on_postgresql(connection, content, structure)
    else:
        _create_on_sqlite(connection, content, structure)


def _create_on_sqlite(connection: BaseDatabaseWrapper, content: list[str], structure: Columns) -> None:
    wanted = dict(
        [_sqlite_trigger("content", event, table) for table in content for event in EVENTS]
        + [
            _sqlite_trigger("structure", event, table, columns if event == "UPDATE" else ())
            for table, columns in structure.items()
            for event in EVENTS
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(PRESENT_ON_SQLITE, [f"{PREFIX}%"])
        present = dict(cursor.fetchall())
        for name, statement in present.items():
            if statement != wanted.get(name):
                cursor.execute(f"DROP TRIGGER {name}")
        for name, statement in wanted.items():
            if present.get(name) != statement:
                cursor.execute(statement)


def _sqlite_trigger(token: str, event: str, table: str, columns: tuple[str, ...] = ()) -> tuple[str, str]:
    name = f"{PREFIX}_{token}_{event.lower()}_{table}"
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    condition = f" WHEN {differs}" if columns else ""
    return name, (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} "
        f"BEGIN UPDATE directory_contentversion SET {token} = {NEW_TOKEN['sqlite']}; END"
    )


def _create_on_postgresql(connection: BaseDatabaseWrapper, content: list[str], structure: Columns) -> None:
    with connection.cursor() as cursor:
        for token in ("content", "structure"):
            cursor.execute(_postgresql_function(f"{PREFIX}_{token}", _new_token(token)))
        for table in content:
            cursor.execute(_postgresql_trigger("content", "INSERT OR UPDATE OR DELETE OR TRUNCATE", table))
        for table, columns in structure.items():
            cursor.execute(_postgresql_trigger("structure", "INSERT OR DELETE OR TRUNCATE", table))
            cursor.execute(_postgresql_function(f"{PREFIX}_{table}", _new_token_if_different(columns)))
            cursor.execute(_postgresql_update_trigger(table))


def _new_token(token: str) -> str:
    return f"UPDATE directory_contentversion SET {token} = {NEW_TOKEN['postgresql']};"


def _new_token_if_different(columns: tuple[str, ...]) -> str:
    differs = " OR ".join(f'old_rows."{column}" IS DISTINCT FROM new_rows."{column}"' for column in columns)
    changed = f"SELECT FROM old_rows JOIN new_rows USING (id) WHERE {differs}"
    return f"IF EXISTS ({changed}) THEN {_new_token('structure')} END IF;"


def _postgresql_function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {body} RETURN NULL; END $$"
    )


def _postgresql_trigger(token: str, events: str, table: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {PREFIX}_{token} BEFORE {events} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_{token}()"
    )


def _postgresql_update_trigger(table: str) -> str:
    # A row-level trigger would fire for each of however many rows a statement changes.
    return (
        f"CREATE OR REPLACE TRIGGER {PREFIX}_values AFTER UPDATE ON {table} "
        f"REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_{table}()"
    )
