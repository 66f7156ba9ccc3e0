from decimal import Decimal

import pytest

from directory.geography.coordinates import Position
from directory.geography.land import metres_from_nation
from directory.geography.position_check import position_error, position_warning, suggestions
from directory.models import Nation

NAMES = dict(Nation.choices)


def at(latitude, longitude):
    return Position(Decimal(latitude), Decimal(longitude))


@pytest.mark.parametrize(
    ("latitude", "longitude", "nation"),
    [
        ("54.59682", "-5.92541", "northern-ireland"),
        ("51.45523", "-2.59665", "england"),
        ("51.62079", "-3.94323", "wales"),
        ("55.95206", "-3.19648", "scotland"),
        ("60.15450", "-1.14940", "scotland"),
        ("50.79899", "-1.09125", "england"),
        ("49.91480", "-6.31570", "england"),
    ],
    ids=["Belfast", "Bristol", "Swansea", "Edinburgh", "Lerwick", "Portsmouth", "Hugh Town"],
)
def test_a_real_town_is_accepted(latitude, longitude, nation):
    assert position_error(at(latitude, longitude), nation, NAMES) == ""


def test_swapped_numbers_are_recognised():
    assert "look swapped" in position_error(at("-2.59665", "51.45523"), "england", NAMES)


def test_a_point_outside_the_united_kingdom_is_refused_with_the_box():
    assert "outside the United Kingdom (latitude 49.8 to 60.9" in position_error(
        at("48.85", "2.35"), "england", NAMES
    )


def test_a_point_far_out_at_sea_is_refused_with_its_distance_from_land():
    assert position_error(at("55.5", "0.5"), "england", NAMES) == (
        "55.5° N, 0.5° E is 82 miles (132 km) from land. "
        "Check both numbers, and whether the longitude needs a minus sign."
    )


def test_a_forgotten_minus_is_refused():
    assert position_error(at("53.48095", "1.73743"), "england", NAMES)


def test_a_point_in_another_nation_is_refused_with_both_names():
    assert position_error(at("51.62079", "-3.94323"), "england", NAMES) == (
        "51.62079° N, 3.94323° W is in Wales, 27 miles (43 km) from England. "
        "Change the position or the nation."
    )


def test_bristols_printed_pair_read_as_decimal_is_refused():
    assert "Northern Ireland" in position_error(at("54.3546", "-5.5450"), "england", NAMES)


def test_a_point_a_little_off_the_coast_is_allowed_with_a_warning():
    pier = at("51.5140", "0.7220")  # the end of Southend pier
    assert position_error(pier, "england", NAMES) == ""
    assert position_warning(pier, "england", NAMES) == (
        "51.5140° N, 0.7220° E is 1.3 miles (2.1 km) out to sea on our map, "
        "which simplifies the coast. Check that it is right."
    )


def test_a_point_just_over_a_border_is_allowed_with_a_warning():
    chepstow_side = at("51.64", "-2.66")
    assert position_error(chepstow_side, "wales", NAMES) == ""
    assert position_warning(chepstow_side, "wales", NAMES) == (
        "51.64° N, 2.66° W is 0.5 miles (0.9 km) outside Wales on our map, "
        "which simplifies the borders. Check that it is right."
    )


def test_a_point_well_inside_its_nation_raises_no_warning():
    assert position_warning(at("52.58547", "-2.12296"), "england", NAMES) == ""


def test_the_pairs_that_a_document_prints_without_marks_get_suggestions():
    for printed, nation in (
        (("54.3546", "-5.5450"), "northern-ireland"),
        (("51.3700", "-3.5700"), "wales"),
    ):
        reasons = [reason for reason, _ in suggestions(at(*printed), nation, NAMES)]
        assert "The marks for degrees, minutes and seconds may be missing." in reasons


def test_swapped_numbers_and_a_missing_minus_get_suggestions():
    assert suggestions(at("-2.59665", "51.45523"), "england", NAMES) == [
        ("The two numbers look swapped.", at("51.45523", "-2.59665"))
    ]
    ((reason, position),) = suggestions(at("51.62079", "3.94323"), "wales", NAMES)
    assert reason == "The minus sign of a western longitude may be missing."
    assert position == at("51.62079", "-3.94323")


def test_a_pier_in_the_west_is_not_suggested_to_lie_as_far_in_the_east():
    brighton_pier = at("50.8142", "-0.1366")
    assert "out to sea on our map" in position_warning(brighton_pier, "england", NAMES)
    assert position_error(at("50.8142", "0.1366"), "england", NAMES) == ""
    assert suggestions(brighton_pier, "england", NAMES) == []


def test_a_position_that_nothing_corrects_gets_no_suggestion():
    assert suggestions(at("48.85", "2.35"), "england", NAMES) == []


def test_a_distance_of_a_few_metres_is_less_than_a_tenth_of_a_mile():
    border = at("51.64", "-2.67233")
    assert 0 < metres_from_nation(border, "wales") < 50
    assert "is less than 0.1 miles (less than 0.1 km) outside Wales" in position_warning(
        border, "wales", NAMES
    )


def test_a_position_without_a_nation_is_only_checked_to_lie_on_land():
    assert position_error(at("51.62079", "-3.94323"), "", NAMES) == ""
    assert "km) from land" in position_error(at("55.5", "0.5"), "", NAMES)


def test_marks_and_minus_lost_together_get_a_suggestion():
    assert ("Both the marks and the minus sign may be missing.", at("51.61667", "-3.95000")) in suggestions(
        at("51.3700", "3.5700"), "wales", NAMES
    )
