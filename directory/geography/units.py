"""Miles beside kilometres."""

from django.template.defaultfilters import pluralize

KILOMETRES_IN_A_MILE = 1.609344  # the international mile
SHORTEST = 0.1
# From here on, distances have no decimal.
LONG = 10


def miles(kilometres: float) -> float:
    """Return a distance in miles."""
    return kilometres / KILOMETRES_IN_A_MILE


def distance_in_words(kilometres: float) -> str:
    """Return a distance as in “6.2 miles (10 km)”, with one decimal below 10, or as “less than 0.1”."""
    return f"{_rounded(miles(kilometres))} miles ({_rounded(kilometres)} km)"


def rough_distance_in_words(kilometres: float) -> str:
    """Return a distance in whole miles, as in “about 9 miles”, or as “less than a mile”."""
    whole = round(miles(kilometres))
    if not whole:
        return "less than a mile"
    return f"about {whole} mile{pluralize(whole)}"


def _rounded(number: float) -> str:
    if number < SHORTEST:
        return f"less than {SHORTEST}"
    return f"{number:.1f}" if round(number, 1) < LONG else f"{number:.0f}"
