"""What belongs to a record, on the record's own form."""

from django.contrib import admin

from directory.admin.careful_form import NumberedFormSet
from directory.admin.links import HTTPS_BY_DEFAULT


class StackedParts(admin.StackedInline):
    """Parts with long texts, one below the other."""

    formset = NumberedFormSet
    formfield_overrides = HTTPS_BY_DEFAULT
    extra = 0
