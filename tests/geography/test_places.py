"""The places of the United Kingdom, built from a small made-up gazetteer."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from directory.geography import places as module
from directory.geography.places import most_populous, places
from directory.geography.position_check import position_error
from directory.models import Nation


def entry(name, population, *others, **fields):
    given = {"geonameid": population, "name": name, "population": population, "alternatenames": [*others]}
    return (
        {"countrycode": "GB", "admin1code": "ENG", "latitude": population, "longitude": -1.23456}
        | given
        | fields
    )


def found(*entries):
    return {name: latitude for name, (latitude, _) in most_populous(entries).items()}


def test_of_places_with_the_same_name_the_most_populous_is_taken():
    assert found(entry("Newport", 3), entry("Newport", 5), entry("NEWPORT", 4)) == {"Newport": 5}


def test_a_place_has_short_forms_of_its_name_and_no_foreign_ones():
    assert found(entry("Kingston upon Hull", 3, "Hull", "Hull UK", "Гулль", "")) == {
        "Kingston upon Hull": 3,
        "Hull": 3,
    }
    assert found(entry("Stoke-on-Trent", 3, "Stoke")) == {"Stoke-on-Trent": 3, "Stoke": 3}


def test_a_short_form_stands_for_the_most_populous_place_too():
    assert found(entry("Newcastle upon Tyne", 9, "Newcastle"), entry("Newcastle", 1))["Newcastle"] == 9
    assert found(entry("City of London", 1, "London"), entry("London", 9))["London"] == 9


def test_a_place_with_a_double_name_is_found_by_both():
    assert found(entry("Derry", 3, "Derry / Londonderry")) == {"Derry": 3, "Londonderry": 3}


def test_places_elsewhere_are_left_out():
    assert found(entry("Dublin", 3, countrycode="IE"), entry("Dhekelia", 3, admin1code="")) == {}


def test_the_command_writes_a_file_that_is_read_again(tmp_path, monkeypatch):
    target, source, output = tmp_path / "places.json", tmp_path / "cities.json", StringIO()
    monkeypatch.setattr("directory.management.commands.build_places.PLACES_FILE", target)
    monkeypatch.setattr(module, "PLACES_FILE", target)
    source.write_text(json.dumps({"1": entry("Bo’ness", 56), "2": entry("Ayr", 55)}))
    call_command("build_places", source, stdout=output)
    assert output.getvalue() == "Wrote 2 places to places.json.\n"
    assert target.read_text() == '{\n"Ayr":[55,-1.235],\n"Bo’ness":[56,-1.235]\n}\n'
    assert [*places.__wrapped__()] == ["Ayr", "Bo’ness"]


@pytest.mark.parametrize(
    ("name", "nation"),
    [("Leeds", "england"), ("Hull", "england"), ("Armagh", "northern-ireland"), ("Cardiff", "wales")],
)
def test_the_file_has_places_of_each_nation_where_they_are(name, nation):
    assert position_error(places()[name], nation, dict(Nation.choices)) == ""


def test_every_place_is_in_the_united_kingdom():
    assert len(places()) > 1_900
    assert all(position.in_uk_box for position in places().values())
