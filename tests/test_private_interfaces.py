"""The private interfaces of packages that the site relies on.

Each may change in any release. If one did, its test names who uses it, and why there is no public way.
"""

import inspect

import pytest
from django.contrib import admin

from directory.admin.people import AuthenticatorAdmin
from directory.models import NewsItem


def test_allauth_deletes_recovery_codes_that_are_left_over():
    # directory/admin/people.py: deleting a second factor in the admin does what deleting it on allauth's own
    # pages does; allauth has no public function for it.
    from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes  # noqa: PLC0415

    assert list(inspect.signature(delete_dangling_recovery_codes).parameters) == ["user"]


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("post_save", ["self", "instance", "created"]),
        ("m2m_changed", ["self", "instance", "action", "attr", "pk_set", "reverse"]),
        ("create_historical_record", ["self", "instance", "history_type"]),
    ],
)
def test_simple_history_records_changes_with_these_methods(method, parameters):
    # directory/models/change.py: `Records` overrides the first two and calls the third. The package itself
    # takes the far side of a relation for the record that has it, and does not skip raw m2m changes.
    from simple_history.models import HistoricalRecords  # noqa: PLC0415

    signature = inspect.signature(getattr(HistoricalRecords, method))
    assert list(signature.parameters)[: len(parameters)] == parameters


def test_simple_history_calls_a_related_record_by_the_name_of_the_relation():
    # directory/history/versions.py: `related_keys` reads the rows of a version's relation without the
    # related records, which may be deleted by now.
    from simple_history.models import HistoricalRecords  # noqa: PLC0415

    field = NewsItem._meta.get_field("cities")
    row = HistoricalRecords.m2m_models[field]
    assert field.m2m_reverse_name() in {field.attname for field in row._meta.fields}


def test_django_wraps_autocomplete_widgets_and_asks_them_for_option_groups():
    # directory/admin/autocomplete.py: the widget that the admin wraps is called `widget`, and `optgroups`
    # gives the options that are selected.
    from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper  # noqa: PLC0415

    assert "self.widget = widget" in inspect.getsource(RelatedFieldWidgetWrapper.__init__)
    parameters = inspect.signature(AutocompleteMixin.optgroups).parameters
    assert list(parameters) == ["self", "name", "value", "attr"]


def test_django_counts_the_forms_of_a_formset_with_a_form():
    # directory/admin/inlines.py: the formset reads how many rows were sent before Django does.
    from django.forms.formsets import ManagementForm  # noqa: PLC0415

    assert {"TOTAL_FORMS", "INITIAL_FORMS"} <= ManagementForm.base_fields.keys()


def test_allauth_registers_its_admins_in_these_modules():
    # directory/admin/people.py imports them, and then unregisters what they registered.
    from allauth.account import admin as account_admin  # noqa: PLC0415
    from allauth.mfa import admin as mfa_admin  # noqa: PLC0415

    assert account_admin.EmailAddress
    assert mfa_admin.Authenticator
    assert not admin.site.is_registered(account_admin.EmailAddress)
    assert type(admin.site.get_model_admin(mfa_admin.Authenticator)) is AuthenticatorAdmin
