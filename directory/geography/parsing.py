"""Parsing a position as people paste it: decimal degrees, or degrees, minutes and seconds."""

import re
from decimal import Decimal

from directory.geography.coordinates import DECIMAL_PLACES, Position

EXAMPLES = "51.4545, -2.5879 or 51°27′16″N 2°35′16″W"
BASE = 60
MAX_DEGREES = 180
# Degrees, minutes and seconds without their marks: 1796059.
MAX_NUMBER = 10_000_000

_NUMBER = re.compile(r"[-+−]?\d+(?:\.\d+)?")
_DECIMAL_COMMAS = re.compile(r"[-+−]?\d+,\d{3,}[\s,;]+[-+−]?\d+,\d{3,}")
_BETWEEN = re.compile(r"[\s,;°º'’′´`\"”″]*")


def parse_position(text: str) -> Position:
    """Parse a pair of coordinates, latitude first unless letters say otherwise.

    Raise ValueError, with a message for whoever pasted the text, if it is not one.
    """
    written = text.strip().removeprefix("(").removesuffix(")").upper()
    if _DECIMAL_COMMAS.fullmatch(written):
        raise ValueError(f"“{text}” has commas instead of decimal points. Enter a pair such as {EXAMPLES}.")
    letters = re.findall("[NSEW]", written)
    numbers = [Decimal(number.replace("−", "-")) for number in _NUMBER.findall(written)]
    rest = _BETWEEN.sub("", re.sub("[NSEW]", "", _NUMBER.sub("", written)))
    if rest or len(numbers) not in (2, 4, 6) or any(abs(number) >= MAX_NUMBER for number in numbers):
        raise ValueError(f"“{text}” is not a pair of coordinates. Enter a pair such as {EXAMPLES}.")
    if sorted(letter in "NS" for letter in letters) not in ([], [False, True]):
        raise ValueError(f"“{text}” needs either one N or S and one E or W, or no letters at all.")
    size = len(numbers) // 2
    first, second = (_degrees(part, text) for part in (numbers[:size], numbers[size:]))
    if letters:
        first, second = (
            _towards(value, letter) for value, letter in zip((first, second), letters, strict=True)
        )
    is_turned = bool(letters) and letters[0] in "EW"
    return Position(second, first) if is_turned else Position(first, second)


def _degrees(parts: list[Decimal], text: str) -> Decimal:
    """Return decimal degrees from degrees and perhaps minutes and seconds."""
    degrees, *smaller = parts
    if any(not 0 <= part < BASE for part in smaller):
        raise ValueError(f"The minutes and seconds in “{text}” must be from 0 to 59. Check each number.")
    size = abs(degrees) + sum(part / BASE**power for power, part in enumerate(smaller, 1))
    return round(-size if degrees.is_signed() else size, DECIMAL_PLACES)


def _towards(degrees: Decimal, letter: str) -> Decimal:
    return -abs(degrees) if letter in "SW" else abs(degrees)


def with_restored_marks(position: Position) -> Position | None:
    """Return the position whose degrees, minutes and seconds have these digits, or None if there is none.

    51.3715 becomes 51°37′15″, and so does 513715.
    """
    latitude, longitude = _from_digits(position.latitude), _from_digits(position.longitude)
    return None if latitude is None or longitude is None else Position(latitude, longitude)


def _from_digits(degrees: Decimal) -> Decimal | None:
    written = f"{abs(degrees):f}"
    whole, _, fraction = written.partition(".")
    digits = fraction.rstrip("0") if fraction.strip("0") else ""
    if not digits and int(whole) > MAX_DEGREES:
        end = 4 if len(whole) > 4 else 2  # noqa: PLR2004 – minutes and seconds, or minutes alone
        whole, digits = whole[:-end], whole[-end:]
    minutes, seconds = (digits + "0000")[:2], (digits + "0000")[2:4]
    if not whole or len(digits) > 4 or int(minutes) >= BASE or int(seconds) >= BASE:  # noqa: PLR2004
        return None
    size = Decimal(whole) + Decimal(minutes) / BASE + Decimal(seconds) / BASE**2
    return round(-size if degrees.is_signed() else size, DECIMAL_PLACES)
