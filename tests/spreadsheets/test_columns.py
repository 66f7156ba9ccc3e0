import pytest
from django.contrib import admin

from directory.admin.spreadsheet import SpreadsheetAdmin
from directory.models import CONTENT, City
from directory.spreadsheets.columns import COLUMNS, LEFT_OUT


def fields_without_a_column(model):
    editable = {
        field.name for field in (*model._meta.fields, *model._meta.many_to_many) if field.editable
    } - {model._meta.pk.name}
    return editable - {*COLUMNS[model], *LEFT_OUT.get(model, ())}


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_every_editable_field_is_a_column_or_named_as_left_out(model):
    assert fields_without_a_column(model) == set()


def test_a_field_that_nobody_made_a_column_is_named(monkeypatch):
    monkeypatch.setitem(COLUMNS, City, [name for name in COLUMNS[City] if name != "contact"])
    assert fields_without_a_column(City) == {"contact"}
    monkeypatch.setitem(LEFT_OUT, City, ("contact",))
    assert fields_without_a_column(City) == set()


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_rows_are_matched_by_columns(model):
    assert {lookup.split("__")[0] for lookup in model.natural_key_lookups} <= set(COLUMNS[model])


def test_every_spreadsheet_has_its_buttons_in_the_admin_and_no_other_list_has():
    with_buttons = {
        model for model in CONTENT if isinstance(admin.site.get_model_admin(model), SpreadsheetAdmin)
    }
    assert with_buttons == set(COLUMNS)
