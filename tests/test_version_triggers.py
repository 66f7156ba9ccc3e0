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
def has_changed():
    """Return whether the content token changed since the last call."""
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


def test_saving_changes_it(has_changed):
    make_city()
    assert has_changed()


def test_reading_does_not_change_it(has_changed):
    list(City.objects.published().with_page_data())
    assert not has_changed()


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
def test_every_way_of_changing_content_changes_it(has_changed, change):
    city = make_city()
    assert has_changed()
    change(city)
    assert has_changed()


def test_setting_and_clearing_many_to_many_change_it(has_changed):
    own = make_city_priority(make_city())
    priority = make_priority()
    has_changed()
    own.priorities.set([priority])
    assert has_changed()
    own.priorities.clear()
    assert has_changed()


def test_every_content_table_has_its_trigger(has_changed):
    relations = [field.remote_field.through for model in CONTENT for field in model._meta.many_to_many]
    for model in (*CONTENT, FormerSlug, SearchEntry, *relations):
        table, column = model._meta.db_table, model._meta.pk.column
        has_changed()
        execute(f"UPDATE {table} SET {column} = {column}")  # noqa: S608
        if connection.vendor == "postgresql" or model.objects.exists():
            assert has_changed(), table


def test_every_table_is_content_or_known_not_to_be():
    tables = {model for model in apps.get_app_config("directory").get_models() if not is_history(model)}
    assert tables - {*CONTENT, FormerSlug, SearchEntry} == {ContentVersion, LoadedRecord, Correction, Upload}


def is_history(model):
    return model.__name__.startswith("Historical")


def test_the_load_log_is_not_content(has_changed):
    LoadedRecord.objects.create(model="a", natural_key="b", object_id=1, fixture_digest="c")
    assert not has_changed()


def test_loading_content_changes_it_once_and_then_no_more(has_changed):
    call_command("load_content", verbosity=0)
    assert has_changed()
    call_command("load_content", verbosity=0)
    assert not has_changed()


def test_what_is_rolled_back_changes_nothing(has_changed):
    with transaction.atomic():
        make_city()
        transaction.set_rollback(True)
    assert not has_changed()


def test_no_token_ever_comes_twice():
    tokens = set()
    for _ in range(50):
        make_source()
        tokens.add(ContentVersion.objects.tokens())
    assert len(tokens) == 50


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_changes_it(has_changed):
    make_city()
    has_changed()
    call_command("flush", interactive=False, verbosity=0)
    assert has_changed()


def test_migrating_again_changes_nothing(has_changed):
    call_command("migrate", verbosity=0)
    assert not has_changed()


def test_a_migration_can_remove_a_column_that_a_trigger_names(migrate):
    make_city()
    connection.check_constraints()  # PostgreSQL changes no table while a check is still to come

    def remove_and_undo():
        before = transaction.savepoint()
        execute("ALTER TABLE directory_city DROP COLUMN label_side")
        execute("UPDATE directory_city SET name = name")
        transaction.savepoint_rollback(before)

    migrate(remove_and_undo)


def test_after_migrations_every_page_is_rendered_again_and_changes_are_noticed(migrate, has_changed):
    city = make_city()
    structure_has_changed = change_of("structure")
    has_changed()
    migrate()
    assert has_changed()
    assert structure_has_changed()
    city.save()
    assert has_changed()


def test_changes_after_a_migration_that_failed_are_noticed_by_the_next(migrate, has_changed):
    city = make_city()
    has_changed()
    with pytest.raises(RuntimeError):
        migrate(fail)
    city.save()
    assert not has_changed()
    migrate(migrations=())
    assert has_changed()


def fail():
    raise RuntimeError("a migration that fails")


def test_a_trigger_for_what_is_no_longer_content_is_dropped(migrate, has_changed):
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
    assert not has_changed()
    assert not exists_on_postgresql("contentversion_old")


def exists_on_postgresql(function):
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_proc WHERE proname = %s", [function])
        return cursor.fetchone() is not None
