"""The review desk, on the admin's first page."""

from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.utils.safestring import SafeString

from directory.admin.review import waiting_for
from directory.history.latest_changes import latest_changes

register = template.Library()

MAX_CHANGES = 12


@register.filter
def change_address(record: Model) -> str:
    """The name of the address of a record's form."""
    return str(admin_urlname(record._meta, SafeString("change")))


@register.inclusion_tag("admin/desk/review.html", takes_context=True)
def review_desk(context: dict[str, Any]) -> dict[str, Any]:
    """What waits for somebody."""
    return {"waiting": waiting_for(context["request"]), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("admin/desk/latest_changes.html")
def recent_changes() -> dict[str, Any]:
    """Who changed what last, each with the way to its history."""
    changes = latest_changes(MAX_CHANGES)
    return {
        "changes": [(change, admin_urlname(change.model._meta, SafeString("history"))) for change in changes]
    }
