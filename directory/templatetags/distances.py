"""Template filters for distances."""

from django import template

from directory.geography.units import distance_in_words, rough_distance_in_words

register = template.Library()


@register.filter
def distance(kilometres: float) -> str:
    """Return a distance in miles, with kilometres beside them."""
    return distance_in_words(kilometres)


@register.filter
def rough_distance(kilometres: float) -> str:
    """Return a distance in whole miles."""
    return rough_distance_in_words(kilometres)
