"""The tokens change with every change of what they stand for, however it is made, and with nothing else."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration

from directory.models import (
    CONTENT,
    City,
    ContentVersion,
    Correction,
    FormerSlug,
    LoadedRecord,
    SearchEntry,
    Upload,
)
from tests.factories import (
    make_city,
    make_city_priority,
    make_news_item,
    make_priority,
    make_source,
)
from tests.versions import change_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved():
    """Tell whether the content's token changed since this was last asked."""
    return change_of("content")


@pytest.fixture
def migrate():
    """Go through what `migrate` does before and after it applies migrations, with a change in between."""

    def run(change=lambda: None, migrations=("0099_any",)):
        plan = [(Migration(name, "directory"), False) for name in migrations]
        options = {"verbosity": 0, "interactive": False, "db": connection.alias, "plan": plan}
        emit_pre_migrate_signal(**options)
        change()
        emit_post_migrate_signal(**options)

    return run


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_saving_moves_it(moved):
    make_city()
    assert moved()


def test_reading_does_not_move_it(moved):
    list(City.objects.published().with_page_data())
    assert not moved()


@pytest.mark.parametrize(
    "change",
    [
        lambda city: city.save(),
        lambda city: City.objects.update(summary="Other."),
        lambda city: City.objects.bulk_create([]) or make_city(),
        lambda city: city.delete(),
        lambda city: City.objects.all().delete(),
        lambda city: execute("UPDATE directory_city SET summary = 'By hand.'"),
        lambda city: execute("DELETE FROM directory_city"),
        lambda city: city.news.add(make_news_item()),
    ],
    ids=["save", "update", "create", "delete one", "delete all", "SQL update", "SQL delete", "many to many"],
)
def test_every_way_of_changing_content_moves_it(moved, change):
    city = make_city()
    assert moved()
    change(city)
    assert moved()


def test_setting_and_clearing_many_to_many_move_it(moved):
    own = make_city_priority(make_city())
    priority = make_priority()
    moved()
    own.priorities.set([priority])
    assert moved()
    own.priorities.clear()
    assert moved()


def test_every_content_table_has_its_trigger(moved):
    relations = [field.remote_field.through for model in CONTENT for field in model._meta.many_to_many]
    for model in (*CONTENT, FormerSlug, SearchEntry, *relations):
        table, column = model._meta.db_table, model._meta.pk.column
        moved()
        execute(f"UPDATE {table} SET {column} = {column}")  # noqa: S608
        if connection.vendor == "postgresql" or model.objects.exists():
            assert moved(), table


def test_every_table_is_content_or_known_not_to_be():
    tables = {model for model in apps.get_app_config("directory").get_models() if not is_history(model)}
    assert tables - {*CONTENT, FormerSlug, SearchEntry} == {ContentVersion, LoadedRecord, Correction, Upload}


def is_history(model):
    return model.__name__.startswith("Historical")


def test_the_load_log_is_not_content(moved):
    LoadedRecord.objects.create(model="a", natural_key="b", object_id=1, fixture_digest="c")
    assert not moved()


def test_loading_content_moves_it_once_and_then_no_more(moved):
    call_command("load_content", verbosity=0)
    assert moved()
    call_command("load_content", verbosity=0)
    assert not moved()


def test_what_is_rolled_back_moves_nothing(moved):
    with transaction.atomic():
        make_city()
        transaction.set_rollback(True)
    assert not moved()


def test_no_token_ever_comes_twice():
    tokens = set()
    for _ in range(50):
        make_source()
        tokens.add(ContentVersion.objects.tokens())
    assert len(tokens) == 50


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_moves_it(moved):
    make_city()
    moved()
    call_command("flush", interactive=False, verbosity=0)
    assert moved()


def test_migrating_again_changes_nothing(moved):
    call_command("migrate", verbosity=0)
    assert not moved()


def test_a_migration_can_remove_a_column_that_a_trigger_names(migrate):
    make_city()
    connection.check_constraints()  # PostgreSQL changes no table while a check is still to come

    def remove_and_undo():
        before = transaction.savepoint()
        execute("ALTER TABLE directory_city DROP COLUMN label_side")
        execute("UPDATE directory_city SET name = name")
        transaction.savepoint_rollback(before)

    migrate(remove_and_undo)


def test_after_migrations_every_page_is_rendered_again_and_changes_are_noticed(migrate, moved):
    city = make_city()
    structure_moved = change_of("structure")
    moved()
    migrate()
    assert moved()
    assert structure_moved()
    city.save()
    assert moved()


def test_changes_after_a_migration_that_failed_are_noticed_by_the_next(migrate, moved):
    city = make_city()
    moved()
    with pytest.raises(RuntimeError):
        migrate(fail)
    city.save()
    assert not moved()
    migrate(migrations=())
    assert moved()


def fail():
    raise RuntimeError("a migration that fails")


def test_a_trigger_for_what_is_no_longer_content_is_dropped(migrate, moved):
    if connection.vendor == "postgresql":
        execute(
            "CREATE FUNCTION contentversion_old() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN UPDATE directory_contentversion SET content = 'old'; RETURN NULL; END $$"
        )
        execute(
            "CREATE TRIGGER contentversion_old BEFORE INSERT ON directory_loadedrecord "
            "FOR EACH STATEMENT EXECUTE FUNCTION contentversion_old()"
        )
    else:
        execute(
            "CREATE TRIGGER contentversion_old BEFORE INSERT ON directory_loadedrecord "
            "BEGIN UPDATE directory_contentversion SET content = 'old'; END"
        )
    migrate(migrations=())
    LoadedRecord.objects.create(model="a", natural_key="b", object_id=1, fixture_digest="c")
    assert not moved()
    assert not exists_on_postgresql("contentversion_old")


def exists_on_postgresql(function):
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_proc WHERE proname = %s", [function])
        return cursor.fetchone() is not None
