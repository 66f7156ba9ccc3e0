"""The parts of the admin's first page."""

from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString

from directory.admin import home
from directory.history import latest_changes as history
from directory.history.versions import DELETED

register = template.Library()

MAX_CHANGES = 12


@register.filter
def change_url_name(record: Model) -> str:
    """Return the name of the URL of a record's form."""
    return str(admin_urlname(record._meta, SafeString("change")))


@register.inclusion_tag("admin/includes/work_lists.html", takes_context=True)
def work_lists(context: dict[str, Any]) -> dict[str, Any]:
    """Render the lists of what needs attention."""
    return {"work_lists": home.work_lists(context["request"]), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("admin/includes/latest_changes.html")
def latest_changes() -> dict[str, Any]:
    """Render the latest changes, each with a link to the history of its record."""
    return {"changes": [(change, _history_url(change)) for change in history.latest_changes(MAX_CHANGES)]}


def _history_url(change: history.LatestChange) -> str:
    """Return the URL of the record's history, or of the list of deleted records if it is there."""
    if change.verb == history.VERBS[DELETED]:
        return reverse(admin_urlname(change.model._meta, SafeString("deleted")))
    return reverse(admin_urlname(change.model._meta, SafeString("history")), args=[change.key])
