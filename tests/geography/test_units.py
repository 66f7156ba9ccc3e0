import pytest

from directory.geography.units import distance_in_words, rough_distance_in_words


@pytest.mark.parametrize(
    ("kilometres", "words"),
    [
        (0, "less than 0.1 miles (less than 0.1 km)"),
        (0.02, "less than 0.1 miles (less than 0.1 km)"),
        (0.15, "less than 0.1 miles (0.1 km)"),
        (0.17, "0.1 miles (0.2 km)"),
        (3.21, "2.0 miles (3.2 km)"),
        (9.94, "6.2 miles (9.9 km)"),
        (9.96, "6.2 miles (10 km)"),
        (16.0, "9.9 miles (16 km)"),
        (272.4, "169 miles (272 km)"),
    ],
)
def test_a_distance_is_in_miles_and_kilometres_with_a_decimal_only_when_it_is_short(kilometres, words):
    assert distance_in_words(kilometres) == words


@pytest.mark.parametrize(
    ("kilometres", "words"),
    [(13.2, "about 8 miles"), (14.49, "about 9 miles"), (1.6, "about 1 mile"), (0.7, "less than a mile")],
)
def test_a_rough_distance_is_in_whole_miles(kilometres, words):
    assert rough_distance_in_words(kilometres) == words
