"""Every field that staff may edit is on every form of its model, or is named here with the reason."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from directory.models import CONTENT, Correction

ADMINS = {model: admin.site.get_model_admin(model) for model in (*CONTENT, Correction)}
INLINES = [(one, inline) for one in ADMINS.values() for inline in one.get_inline_instances(request=None)]

# By the class of the admin or inline: fields that it leaves out.
LEFT_OUT = {
    "CorrectionAdmin": {"city_name"},  # shown as the city, which it outlives
    "PartnershipOfOwnerInline": {"city", "network"},  # the owner, and what another owner would be
}


def editable_fields(model):
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return {field.name for field in fields if field.editable and not field.primary_key}


def left_out(admin_or_inline, rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    on_form = flatten_fieldsets(admin_or_inline.get_fieldsets(request))
    return editable_fields(admin_or_inline.model) - set(on_form)


@pytest.mark.django_db
@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model.__name__)
def test_the_form_of_a_model_has_all_its_fields(model, rf, admin_user):
    model_admin = ADMINS[model]
    assert left_out(model_admin, rf, admin_user) == LEFT_OUT.get(type(model_admin).__name__, set())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model_admin", "inline"), INLINES, ids=lambda one: type(one).__name__.removesuffix("Inline")
)
def test_an_inline_has_all_fields_but_the_one_that_leads_to_its_owner(model_admin, inline, rf, admin_user):
    owner = {field.name for field in inline.model._meta.fields if field.related_model is model_admin.model}
    expected = LEFT_OUT.get(type(inline).__name__, owner)
    assert left_out(inline, rf, admin_user) == expected
