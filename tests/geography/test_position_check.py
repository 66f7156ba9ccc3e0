from decimal import Decimal

import pytest

from directory.geography.coordinates import Position
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
    assert "km from land" in position_error(at("55.5", "0.5"), "england", NAMES)


def test_a_forgotten_minus_is_refused():
    assert position_error(at("53.48095", "1.73743"), "england", NAMES)


def test_a_point_in_another_nation_is_refused_with_both_names():
    assert "is in Wales" in position_error(at("51.62079", "-3.94323"), "england", NAMES)
    assert "from England" in position_error(at("51.62079", "-3.94323"), "england", NAMES)


def test_bristols_printed_pair_read_as_decimal_is_refused():
    assert "Northern Ireland" in position_error(at("54.3546", "-5.5450"), "england", NAMES)


def test_a_point_a_little_off_the_coast_is_allowed_with_a_question():
    pier = at("51.5140", "0.7220")  # the end of Southend pier
    assert position_error(pier, "england", NAMES) == ""
    assert "off the map's coast" in position_warning(pier, "england", NAMES)


def test_a_point_just_over_a_border_is_allowed_with_a_question():
    chepstow_side = at("51.64", "-2.66")
    assert position_error(chepstow_side, "wales", NAMES) == ""
    assert "Is it right?" in position_warning(chepstow_side, "wales", NAMES)


def test_a_point_well_inside_its_nation_raises_no_question():
    assert position_warning(at("52.58547", "-2.12296"), "england", NAMES) == ""


def test_the_pairs_that_a_document_prints_without_marks_get_suggestions():
    for printed, nation in (
        (("54.3546", "-5.5450"), "northern-ireland"),
        (("51.3700", "-3.5700"), "wales"),
    ):
        reasons = [reason for reason, _ in suggestions(at(*printed), nation, NAMES)]
        assert "The marks of degrees, minutes and seconds may be lost." in reasons


def test_swapped_numbers_and_a_missing_minus_get_suggestions():
    assert suggestions(at("-2.59665", "51.45523"), "england", NAMES) == [
        ("The two numbers look swapped.", at("51.45523", "-2.59665"))
    ]
    ((reason, position),) = suggestions(at("51.62079", "3.94323"), "wales", NAMES)
    assert reason == "The minus of a longitude in the west may be missing."
    assert position == at("51.62079", "-3.94323")


def test_a_position_that_nothing_corrects_gets_no_suggestion():
    assert suggestions(at("48.85", "2.35"), "england", NAMES) == []
