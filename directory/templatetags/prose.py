"""How editors' prose reaches a page."""

from functools import lru_cache

from django import template
from django.template.defaultfilters import pluralize
from django.utils.safestring import SafeString, mark_safe

from directory.models.markdown import MARKDOWN

register = template.Library()

KILOMETRES_IN_A_MILE = 1.609344  # the international mile


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


@register.filter
def distance(kilometres: float) -> str:
    """Return a distance in miles with kilometres beside them, with one decimal below 10."""
    return f"{_rounded(kilometres / KILOMETRES_IN_A_MILE)} miles ({_rounded(kilometres)} km)"


@register.filter
def rough_distance(kilometres: float) -> str:
    """Return a distance in whole miles, as in “about 9 miles”."""
    miles = round(kilometres / KILOMETRES_IN_A_MILE)
    if not miles:
        return "less than a mile"
    return f"about {miles} mile{pluralize(miles)}"


def _rounded(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}"  # noqa: PLR2004
