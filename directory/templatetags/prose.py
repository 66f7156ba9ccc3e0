"""Template filters for editors' Markdown."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe

from directory.models.markdown import MARKDOWN

register = template.Library()


@register.filter
@lru_cache(maxsize=1_000)  # the same text always makes the same paragraphs
def prose(text: str) -> SafeString:
    """Return the text of an editor with its paragraphs, lists, emphasis and links marked up."""
    return mark_safe(MARKDOWN.render(text))  # noqa: S308 – the renderer escapes all that it did not write


@register.filter
@lru_cache(maxsize=1_000)
def inline_prose(text: str) -> SafeString:
    """Return the text of one paragraph with its emphasis and links marked up."""
    return mark_safe(MARKDOWN.renderInline(text))  # noqa: S308 – as above
