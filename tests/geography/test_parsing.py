from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.coordinates import Position
from directory.geography.parsing import parse_position, with_restored_marks


def at(latitude, longitude):
    return Position(Decimal(latitude), Decimal(longitude))


@pytest.mark.parametrize(
    "text",
    [
        "51.45450, -2.58790",
        "51.4545 -2.5879",
        "51.4545,-2.5879",
        "  51.4545;  −2.5879 ",
        "51.4545°N 2.5879°W",
        "51.4545° N, 2.5879° W",
        "N 51.4545 W 2.5879",
        "2.5879°W 51.4545°N",
        "51.4545n, 2.5879w",
        "(51.4545, -2.5879)",
    ],
)
def test_decimal_degrees_are_read_however_they_are_written(text):
    assert parse_position(text) == at("51.45450", "-2.58790")


@pytest.mark.parametrize(
    "text",
    [
        "51°27′16″N 2°35′16″W",
        "51° 27' 16\" N, 2° 35' 16\" W",
        "51º27’16”N 2º35’16”W",
        "51 27 16 N 2 35 16 W",
        "51 27 16, -2 35 16",
    ],
)
def test_degrees_minutes_and_seconds_are_read_however_they_are_marked(text):
    assert parse_position(text) == at("51.45444", "-2.58778")


def test_whole_degrees_and_a_south_eastern_position_are_read():
    assert parse_position("51°0′0″N 2°0′0″W") == at("51.00000", "-2.00000")
    assert parse_position("33°30′S 18°30′E") == at("-33.50000", "18.50000")
    assert parse_position("-51 30, 2 15") == at("-51.50000", "2.25000")


def test_minutes_alone_are_read():
    assert parse_position("51°27′N 2°35′W") == at("51.45000", "-2.58333")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not a pair of coordinates. Enter a pair such as 51.4545, -2.5879 or"),
        ("Bristol", "“Bristol” is not a pair"),
        ("51.4545", "is not a pair"),
        ("51.4545, -2.5879, 12", "is not a pair"),
        ("1" * 50 + ", 2", "is not a pair"),
        ("51.4545, 1e999", "is not a pair"),
        ("51,4545, -2,5879", "“51,4545, -2,5879” has commas instead of decimal points"),
        ("51.4545N, 2.5879", "needs either one N or S and one E or W"),
        ("51.4545N, 2.5879S", "needs either one N or S and one E or W"),
        ("51°77′16″N 2°35′16″W", "must be from 0 to 59"),
        ("51°60′16″N 2°35′16″W", "must be from 0 to 59"),
        ("51°27′60″N 2°35′16″W", "must be from 0 to 59"),
        ("51°27′16″N 2°-35′16″W", "must be from 0 to 59"),
        ("10000000, 2", "is not a pair"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(text, why):
    with pytest.raises(ValueError, match="“") as error:
        parse_position(text)
    assert why in str(error.value)


degrees = st.decimals(-90, 90, places=5)


@given(degrees, degrees)
def test_what_is_written_in_decimals_is_read_back(latitude, longitude):
    position = at(latitude, longitude)
    assert parse_position(f"{latitude}, {longitude}") == position
    assert parse_position(position.decimal) == position


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(ValueError):
        assert parse_position(text)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        (("53.2424", "-2.5940"), ("53.40667", "-2.99444")),
        (("51.3700", "-3.5700"), ("51.61667", "-3.95000")),
        (("513700", "-35700"), ("51.61667", "-3.95000")),
        (("5137", "-357"), ("51.61667", "-3.95000")),
        (("51.7700", "-3.5700"), None),
        (("51.45523", "-2.59665"), None),
    ],
)
def test_lost_marks_are_found_where_the_digits_allow_it(printed, meant):
    assert with_restored_marks(at(*printed)) == (meant and at(*meant))
