"""Small parts of pages that a page has many of, each rendered once for the same values."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.models import Priority, Source

register = template.Library()

MAX_RENDERED = 2_000


@register.simple_tag
def priority_tag(priority: Priority) -> SafeString:
    """Return a link to a priority, with its icon."""
    return _rendered("priority_tag", slug=priority.slug, name=priority.name, icon=priority.icon)


@register.simple_tag
def source_line(source: Source, *, publisher: bool = False) -> SafeString:
    """Return the line that names a statement's source, with its publisher if asked for."""
    return _rendered(
        "source",
        url=source.get_absolute_url(),
        title=source.title,
        publisher=source.publisher if publisher else "",
        date=source.date,
        is_undated=source.is_undated,
    )


def _rendered(template_name: str, **values: Any) -> SafeString:
    # While developing, an edited template shows at once.
    render = _render.__wrapped__ if settings.DEBUG else _render
    return render(template_name, **values)


@lru_cache(MAX_RENDERED)
def _render(template_name: str, **values: Any) -> SafeString:
    return render_to_string(f"directory/includes/{template_name}.html", values)
