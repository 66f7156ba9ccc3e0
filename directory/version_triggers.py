"""Database triggers that replace the content version's tokens at every change, whoever makes it.

They act within the transaction of the change: what is rolled back changes nothing. The triggers for all
content fire before the change, so that on PostgreSQL concurrent writers take turns, and no page mixes their
changes. Tokens are random, so that a restored backup never repeats one.

The content token changes with every INSERT, UPDATE or DELETE on a content table. The structure token changes
when rows are added or removed, and when one of a model's `structure_fields` gets another value: lists, maps
and counts are made of these.

SQLite refuses to drop a column that a trigger names, and PostgreSQL fails at the next update of the table.
`migrate` therefore drops the triggers before it applies migrations and creates them again afterwards.
"""

from collections.abc import Iterable
from secrets import token_hex
from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.models import CONTENT, ContentVersion, FormerSlug, SearchEntry

PREFIX = "contentversion"
PRESENT_TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT tgname, relname, '' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgname LIKE %s AND pg_table_is_visible(tgrelid)",
}
PRESENT_FUNCTIONS = "SELECT proname FROM pg_proc WHERE proname LIKE %s AND pg_function_is_visible(oid)"
EVENTS = ("INSERT", "UPDATE", "DELETE")
NEW_TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}

Columns = dict[str, tuple[str, ...]]
# Triggers by name and table, each with the statement that creates it (empty if read from PostgreSQL).
Triggers = dict[tuple[str, str], str]


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


def drop_triggers(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Drop every trigger before `migrate` applies migrations."""
    if kwargs.get("plan"):
        _drop(connections[using], _present(connections[using]))


def create_triggers(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After `migrate`, create the version's row and the triggers, and drop triggers that are obsolete.

    On SQLite, triggers that are already correct are kept. If a trigger was missing, both tokens are replaced
    at the end, because changes made without it did not change the tokens.
    """
    connection = connections[using]
    tables = connection.introspection.table_names()
    if ContentVersion._meta.db_table not in tables:
        return  # migrated back to a time before there were versions
    tokens = {"content": token_hex(16), "structure": token_hex(16)}
    versions = ContentVersion.objects.using(using)
    versions.get_or_create(pk=1, defaults=tokens)
    before = _present(connection)
    content = [table for table in content_tables() if table in tables]
    structure = {table: columns for table, columns in structure_columns().items() if table in tables}
    if connection.vendor == "postgresql":
        _create_on_postgresql(connection, content, structure)
    else:
        _create_on_sqlite(connection, content, structure)
    if _present(connection).keys() - before.keys():
        versions.update(**tokens)


def _present(connection: BaseDatabaseWrapper) -> Triggers:
    with connection.cursor() as cursor:
        cursor.execute(PRESENT_TRIGGERS[connection.vendor], [f"{PREFIX}%"])
        return {(name, table): statement for name, table, statement in cursor.fetchall()}


def _drop(connection: BaseDatabaseWrapper, triggers: Iterable[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        for name, table in triggers:
            of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")


def _create_on_sqlite(connection: BaseDatabaseWrapper, content: list[str], structure: Columns) -> None:
    wanted = dict(
        [_sqlite_trigger("content", event, table) for table in content for event in EVENTS]
        + [
            _sqlite_trigger("structure", event, table, columns if event == "UPDATE" else ())
            for table, columns in structure.items()
            for event in EVENTS
        ]
    )
    present = _present(connection)
    _drop(connection, [key for key, statement in present.items() if statement != wanted.get(key)])
    with connection.cursor() as cursor:
        for key, statement in wanted.items():
            if present.get(key) != statement:
                cursor.execute(statement)


def _sqlite_trigger(
    token: str, event: str, table: str, columns: tuple[str, ...] = ()
) -> tuple[tuple[str, str], str]:
    name = f"{PREFIX}_{token}_{event.lower()}_{table}"
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    condition = f" WHEN {differs}" if columns else ""
    return (name, table), (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} "
        f"BEGIN UPDATE directory_contentversion SET {token} = {NEW_TOKEN['sqlite']}; END"
    )


def _create_on_postgresql(connection: BaseDatabaseWrapper, content: list[str], structure: Columns) -> None:
    functions = {
        f"{PREFIX}_content": _new_token("content"),
        f"{PREFIX}_structure": _new_token("structure"),
        **{f"{PREFIX}_{table}": _new_token_if_different(columns) for table, columns in structure.items()},
    }
    wanted = dict(
        [_postgresql_trigger("content", "INSERT OR UPDATE OR DELETE OR TRUNCATE", table) for table in content]
        + [_postgresql_trigger("structure", "INSERT OR DELETE OR TRUNCATE", table) for table in structure]
        + [_postgresql_update_trigger(table) for table in structure]
    )
    _drop(connection, [key for key in _present(connection) if key not in wanted])
    with connection.cursor() as cursor:
        for name, body in functions.items():
            cursor.execute(_postgresql_function(name, body))
        for statement in wanted.values():
            cursor.execute(statement)
        cursor.execute(PRESENT_FUNCTIONS, [f"{PREFIX}%"])
        for (name,) in cursor.fetchall():
            if name not in functions:
                cursor.execute(f"DROP FUNCTION {name}()")


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


def _postgresql_trigger(token: str, events: str, table: str) -> tuple[tuple[str, str], str]:
    return (f"{PREFIX}_{token}", table), (
        f"CREATE OR REPLACE TRIGGER {PREFIX}_{token} BEFORE {events} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_{token}()"
    )


def _postgresql_update_trigger(table: str) -> tuple[tuple[str, str], str]:
    # A row-level trigger would fire for each of however many rows a statement changes.
    return (f"{PREFIX}_values", table), (
        f"CREATE OR REPLACE TRIGGER {PREFIX}_values AFTER UPDATE ON {table} "
        f"REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_{table}()"
    )
