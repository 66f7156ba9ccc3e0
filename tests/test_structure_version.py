"""The structure's token changes exactly when lists, maps or counts would show something else."""

import datetime
from decimal import Decimal

import pytest
from django.db import models
from django.utils import timezone

from directory.models import CONTENT, City, CityPriority, Guide, Network, NewsItem, Partner, Priority, Source
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
from tests.versions import change_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def has_changed():
    """Return whether the content token changed since the last call."""
    return change_of("content")


@pytest.fixture
def structure_has_changed():
    """Return whether the structure token changed since the last call."""
    return change_of("structure")


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
    "directory_newsitem": {"status", "live_from", "happened_on"},
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
    content, has_changed, structure_has_changed, model, field
):
    record = fullest_record(model, field)
    delete_rivals(record, field)
    value = another_value(record, field)
    has_changed(), structure_has_changed()
    model._base_manager.filter(pk=record.pk).update(**{field.name: value})
    assert has_changed()
    assert structure_has_changed() is (field.column in STRUCTURE.get(model._meta.db_table, ()))


def test_an_update_that_leaves_every_value_as_it_is_does_not_change_the_structure(
    has_changed, structure_has_changed
):
    city = make_city()
    has_changed(), structure_has_changed()
    city.save()
    assert has_changed()
    assert not structure_has_changed()


@pytest.mark.parametrize("make", [make_city, make_guide, make_network, make_news_item, make_priority])
def test_rows_that_come_and_go_change_the_structure(structure_has_changed, make):
    record = make()
    assert structure_has_changed()
    record.delete()
    assert structure_has_changed()


def test_priorities_that_a_city_gains_and_loses_change_the_structure(structure_has_changed):
    city_priority, priority = make_city_priority(make_city()), make_priority()
    structure_has_changed()
    city_priority.priorities.add(priority)
    assert structure_has_changed()
    city_priority.priorities.remove(priority)
    assert structure_has_changed()


def fullest_record(model, field):
    """Return the record in which this field has a value, if in any, and most others have."""
    return max(
        model._base_manager.all(),
        key=lambda record: (
            bool(getattr(record, field.attname)),
            sum(bool(getattr(record, other.attname)) for other in model._meta.fields),
        ),
    )


def delete_rivals(record, field):
    """Delete the records that may have another value already, if only one record may have it."""
    for constraint in record._meta.constraints:
        fields = getattr(constraint, "fields", ())
        if field.choices and field.name in fields:
            same = {name: getattr(record, name) for name in fields if name != field.name}
            type(record)._base_manager.filter(**same).exclude(pk=record.pk).delete()


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
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if field.choices:
        return next(choice for choice, _ in field.flatchoices if choice != value)
    return f"{value[: (field.max_length or 1_000) - 1]}x"
