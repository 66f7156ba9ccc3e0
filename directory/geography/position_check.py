"""Whether a position can be a city's: errors, suggestions and warnings."""

from collections.abc import Mapping

from directory.geography.coordinates import (
    EASTERNMOST,
    NORTHERNMOST,
    SOUTHERNMOST,
    WESTERNMOST,
    Position,
)
from directory.geography.land import metres_from_nation, nearest_nation
from directory.geography.parsing import with_restored_marks
from directory.geography.units import distance_in_words

# The coast is generalised: a position may lie this far from land, or from its nation.
TOLERANCE_M = 5_000


def position_error(position: Position, nation: str, nation_names: Mapping[str, str]) -> str:
    """Return why a city of this nation cannot have the position, or an empty string if it can.

    `nation` may be empty, or a nation whose land is not in the file yet: then it is not checked.
    """
    if not position.in_uk_box:
        return _outside_the_box(position)
    nearest, metres = nearest_nation(position)
    if metres > TOLERANCE_M:
        return (
            f"{position.decimal} is {distance_in_words(metres / 1000)} from land. "
            "Check both numbers, and whether the longitude needs a minus sign."
        )
    if (beyond := metres_from_nation(position, nation)) > TOLERANCE_M:
        return (
            f"{position.decimal} is in {nation_names[nearest]}, "
            f"{distance_in_words(beyond / 1000)} from {nation_names[nation]}. "
            "Change the position or the nation."
        )
    return ""


def suggestions(
    position: Position, nation: str, nation_names: Mapping[str, str]
) -> list[tuple[str, Position]]:
    """Return valid positions that may have been meant, each with the reason."""
    west = Position(position.latitude, -abs(position.longitude))
    candidates = [
        ("The two numbers look swapped.", position.swapped),
        ("The minus sign of a western longitude may be missing.", west),
        ("The marks for degrees, minutes and seconds may be missing.", with_restored_marks(position)),
        ("Both the marks and the minus sign may be missing.", with_restored_marks(west)),
    ]
    return [
        (reason, other)
        for reason, other in candidates
        if other and other != position and not position_error(other, nation, nation_names)
    ]


def position_warning(position: Position, nation: str, nation_names: Mapping[str, str]) -> str:
    """Return what to check again in a valid position, or an empty string."""
    _, metres = nearest_nation(position)
    if metres:
        return (
            f"{position.decimal} is {distance_in_words(metres / 1000)} out to sea on our map, "
            "which simplifies the coast. Check that it is right."
        )
    if beyond := metres_from_nation(position, nation):
        return (
            f"{position.decimal} is {distance_in_words(beyond / 1000)} outside {nation_names[nation]} "
            "on our map, which simplifies the borders. Check that it is right."
        )
    return ""


def _outside_the_box(position: Position) -> str:
    if position.swapped.in_uk_box:
        return (
            f"Latitude {position.latitude} and longitude {position.longitude} look swapped: "
            "the other way round they are in the United Kingdom. Swap them."
        )
    return (
        f"Latitude {position.latitude}, longitude {position.longitude} is outside the United Kingdom "
        f"(latitude {SOUTHERNMOST} to {NORTHERNMOST}, longitude {WESTERNMOST} to {EASTERNMOST}). "
        "Enter decimal degrees, with a minus sign for west."
    )
