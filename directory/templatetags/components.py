"""The numbers of references, and the source that a group of statements shares.

What the tag renders is cached by its values, because a page has many of them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.models import Source
from directory.models.source import Sourced

register = template.Library()

MAX_RENDERED = 2_000


@register.simple_tag(takes_context=True)
def reference(context: Context, source: Source | None) -> SafeString | str:
    """Cite a source and return its linked number on this page, or nothing without a source."""
    if source is None:
        return ""
    number, citation = context["references"].cite(source)
    return _rendered("reference", number=number, citation=citation)


@register.filter
def shared_source(statements: Iterable[Sourced]) -> Source | None:
    """Return the source that all these statements cite, or None if they cite several or there are none."""
    sources = {statement.source for statement in statements}
    return sources.pop() if len(sources) == 1 else None


def _rendered(template_name: str, **values: Any) -> SafeString:
    # While developing, an edited template shows at once.
    render = _render.__wrapped__ if settings.DEBUG else _render
    return render(template_name, **values)


@lru_cache(MAX_RENDERED)
def _render(template_name: str, **values: Any) -> SafeString:
    return render_to_string(f"directory/includes/{template_name}.html", values)
