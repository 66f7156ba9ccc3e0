"""The tokens change with every change of what they stand for, however it is made, and with nothing else."""

import datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from directory.models import (
    CONTENT,
    City,
    CityPriority,
    ContentVersion,
    Correction,
    FormerSlug,
    Guide,
    LoadedRecord,
    Network,
    NewsItem,
    Partner,
    Priority,
    SearchEntry,
    Source,
    Upload,
)
from tests.factories import (
    make_city,
    make_city_priority,
    make_guide,
    make_network,
    make_news_item,
    make_partner,
    make_priority,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved():
    """Tell whether the content's token changed since this was last asked."""
    return change_of("content")


@pytest.fixture
def structure_moved():
    """Tell whether the structure's token changed since this was last asked."""
    return change_of("structure")


def change_of(token):
    seen = [getattr(ContentVersion.objects.tokens(), token)]

    def has_changed():
        seen.append(getattr(ContentVersion.objects.tokens(), token))
        assert seen[-1]
        return seen[-1] != seen[-2]

    return has_changed


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


def test_the_ledger_is_not_content(moved):
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


# Every column that lists, maps and counts are made of. A new column that they show belongs here.
STRUCTURE = {
    "directory_city": {
        "status",
        "live_from",
        "name",
        "slug",
        "nation",
        "latitude",
        "longitude",
        "label_side",
    },
    "directory_citypriority": {"city_id"},
    "directory_citypriority_priorities": {"citypriority_id", "priority_id"},
    "directory_guide": {"status", "live_from"},
    "directory_membership": {"city_id", "network_id", "date"},
    "directory_network": {"name", "slug", "order"},
    "directory_newsitem": {"status", "live_from"},
    "directory_priority": {"name", "slug", "order"},
}
COLUMNS = [
    (model, field)
    for content in CONTENT
    for model in (content, *(field.remote_field.through for field in content._meta.many_to_many))
    for field in model._meta.fields
    if not field.primary_key
]
MAKE = {
    City: make_city,
    CityPriority: lambda: make_city_priority(make_city()),
    Guide: make_guide,
    Network: make_network,
    NewsItem: make_news_item,
    Partner: make_partner,
    Priority: make_priority,
    Source: make_source,
}


@pytest.mark.parametrize(
    ("model", "field"),
    COLUMNS,
    ids=[f"{model._meta.db_table}.{field.column}" for model, field in COLUMNS],
)
def test_a_column_changes_the_structure_exactly_when_lists_maps_or_counts_show_it(
    content, moved, structure_moved, model, field
):
    record = fullest_record(model, field)
    value = another_value(record, field)
    moved(), structure_moved()
    model._base_manager.filter(pk=record.pk).update(**{field.name: value})
    assert moved()
    assert structure_moved() is (field.column in STRUCTURE.get(model._meta.db_table, ()))


def test_an_update_that_leaves_every_value_as_it_is_does_not_change_the_structure(moved, structure_moved):
    city = make_city()
    moved(), structure_moved()
    city.save()
    assert moved()
    assert not structure_moved()


@pytest.mark.parametrize("make", [make_city, make_guide, make_network, make_news_item, make_priority])
def test_rows_that_come_and_go_change_the_structure(structure_moved, make):
    record = make()
    assert structure_moved()
    record.delete()
    assert structure_moved()


def test_priorities_that_a_city_gains_and_loses_change_the_structure(structure_moved):
    city_priority, priority = make_city_priority(make_city()), make_priority()
    structure_moved()
    city_priority.priorities.add(priority)
    assert structure_moved()
    city_priority.priorities.remove(priority)
    assert structure_moved()


def fullest_record(model, field):
    """Return the record in which this field has a value, if in any, and most others have."""
    return max(
        model._base_manager.all(),
        key=lambda record: (
            bool(getattr(record, field.attname)),
            sum(bool(getattr(record, other.attname)) for other in model._meta.fields),
        ),
    )


def another_value(record, field):  # noqa: PLR0911
    """Return a valid value that the field does not have."""
    value = getattr(record, field.attname)
    if field.is_relation:
        return MAKE[field.related_model]()
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return datetime.date(2001, 1, 1)
    if isinstance(field, models.DecimalField):
        return value + Decimal("0.01")
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if field.choices:
        return next(choice for choice, _ in field.flatchoices if choice != value)
    return f"{value[: (field.max_length or 1_000) - 1]}x"
