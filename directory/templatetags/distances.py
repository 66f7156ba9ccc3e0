"""A template filter for distances."""

from django import template

from directory.geography.units import distance_in_words

register = template.Library()


@register.filter
def distance(kilometres: float) -> str:
    """Return a distance in miles, with kilometres beside them."""
    return distance_in_words(kilometres)
