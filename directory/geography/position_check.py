"""Whether a position can be a city's: what is refused, and what only deserves a second look."""

from directory.geography.coordinates import (
    EASTERNMOST,
    NORTHERNMOST,
    SOUTHERNMOST,
    WESTERNMOST,
    Position,
)
from directory.geography.land import metres_from_nation, nearest_nation
from directory.geography.parsing import with_lost_marks

# The outline is coarse: nearer than this to land, or to its nation, a position is allowed.
TOLERANCE_M = 5_000


def refusal(position: Position, nation: str) -> str:
    """Why a position cannot be that of a city in this nation; empty if it can."""
    if not position.in_uk_box:
        return _outside_the_box(position)
    nearest, metres = nearest_nation(position)
    if metres > TOLERANCE_M:
        return (
            f"{position.decimal} is {_kilometres(metres)} from land. "
            "Check both numbers, and the sign of the longitude."
        )
    if nation and (beyond := metres_from_nation(position, nation)) > TOLERANCE_M:
        return (
            f"{position.decimal} is in {_name(nearest)}, {_kilometres(beyond)} from {_name(nation)}. "
            "Change the position or the nation."
        )
    return ""


def mended(position: Position, nation: str) -> list[tuple[str, Position]]:
    """What a refused position may have been meant to be: each with the reason, and each allowed itself."""
    west = Position(position.latitude, -abs(position.longitude))
    candidates = [
        ("The two numbers look swapped.", position.swapped),
        ("The minus of a longitude in the west may be missing.", west),
        ("The marks of degrees, minutes and seconds may be lost.", with_lost_marks(position)),
        ("Marks and minus may both be lost.", with_lost_marks(west)),
    ]
    return [
        (reason, other)
        for reason, other in candidates
        if other and other != position and not refusal(other, nation)
    ]


def warning(position: Position, nation: str) -> str:
    """What to look at again in a position that is allowed; empty if nothing."""
    _, metres = nearest_nation(position)
    if metres > 0:
        return (
            f"{position.decimal} is {_kilometres(metres)} off the map's coast, which is coarse. Is it right?"
        )
    if (beyond := metres_from_nation(position, nation)) > 0:
        return (
            f"{position.decimal} is {_kilometres(beyond)} outside {_name(nation)} on the map, "
            "whose borders are coarse. Is it right?"
        )
    return ""


def _outside_the_box(position: Position) -> str:
    if position.swapped.in_uk_box:
        return (
            f"Latitude {position.latitude} and longitude {position.longitude} look swapped: "
            f"the other way round they are in the United Kingdom."
        )
    return (
        f"Latitude {position.latitude}, longitude {position.longitude} is outside the United Kingdom "
        f"(latitude {SOUTHERNMOST} to {NORTHERNMOST}, longitude {WESTERNMOST} to {EASTERNMOST}). "
        "Give decimal degrees; west is negative."
    )


def _kilometres(metres: float) -> str:
    return f"{max(metres / 1000, 0.1):.1f} km"


def _name(nation: str) -> str:
    return nation.replace("-", " ").title()
