"""The basemap and the land, built from a small made-up country."""

import json
import re
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command

from directory.geography import basemap
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH

BORDER = -3.0  # of England and Wales
NORTH = 55.0  # of England, where Scotland begins


def side(start, end):
    """Points from one corner to the next, one a degree, so that neighbours share them."""
    (x, y), (x2, y2) = start, end
    number = max(round(abs(x2 - x) + abs(y2 - y)), 1)
    return [[x + (x2 - x) * step / number, y + (y2 - y) * step / number] for step in range(number)]


def square(west, south, east, north, *holes):
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = [point for start, end in pairwise(corners) for point in side(start, end)] + [[west, south]]
    return {"type": "Polygon", "coordinates": [ring, *(hole["coordinates"][0] for hole in holes)]}


def county(code, geometry, key="gu_a3"):
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry}


LAKE = square(-1.0, 53.0, -0.5, 53.5)
POND = square(-1.5, 52.0, -1.49, 52.01)
COUNTIES = [
    county("ENG", square(BORDER, 51.0, -2.0, NORTH)),
    county("ENG", square(-2.0, 51.0, 0.0, NORTH, LAKE, POND)),
    county("ENG", square(-6.0, 50.0, -5.999, 50.001)),  # an island of 8,000 m²
    county("SCT", square(BORDER, NORTH, -1.0, 58.0)),
    county("SCT", square(-1.0, NORTH, 0.0, 58.0)),
    county("WLS", square(-5.0, 51.0, BORDER, 52.0)),
    county("WLS", square(-5.0, 52.0, BORDER, 53.0)),
    county("NIR", square(-8.0, 54.0, -7.0, 55.0)),
    county("NIR", square(-7.0, 54.0, -6.0, 55.0)),
    county("IRL", square(-20.0, 52.0, -7.0, 54.0), key="adm0_a3"),
    county("IRL", square(-7.0, 52.0, -6.0, 54.0), key="adm0_a3"),
    county("IMN", square(-4.8, 54.0, -4.3, 54.4)),
    county("FRA", square(0.0, 48.0, 3.0, 50.0)),
]


@pytest.fixture(scope="module")
def shapes():
    return basemap.join_counties(COUNTIES)


def points(path):
    """The points of a path of one absolute move and relative lines."""
    x, y, *steps = map(int, re.findall(r"-?\d+", path))
    found = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def test_only_the_nations_and_their_neighbours_are_on_the_map(shapes):
    assert set(shapes) == {"ENG", "SCT", "WLS", "NIR", "IRL", "IMN"}


def test_counties_become_one_nation_with_its_lakes_and_without_slivers(shapes):
    mainland, island = basemap.polygons(shapes["ENG"])
    assert len(mainland.interiors) == 1
    assert mainland.area > island.area


def test_the_land_is_whole_metres_without_the_smallest_islands(shapes):
    land = basemap.land(shapes)
    assert set(land) == {"england", "scotland", "wales", "northern-ireland"}
    (ring,) = land["england"]
    assert all(isinstance(metres, int) for point in ring for metres in point)
    assert ring[0] == ring[-1]
    eastings = [easting for easting, _ in ring]
    assert 300_000 < min(eastings) < max(eastings) < 600_000


def test_every_path_is_within_the_map_and_every_country_has_one(shapes):
    paths = basemap.svg_paths(shapes)
    assert set(paths) == {
        "england",
        "scotland",
        "wales",
        "northern-ireland",
        "ireland",
        "isle-of-man",
        "borders",
        "graticule",
    }
    for path in paths.values():
        for part in re.findall(r"M[^M]+", path):
            assert all(0 <= x <= MAP_WIDTH and 0 <= y <= MAP_HEIGHT for x, y in points(part))


def test_a_country_is_a_closed_line_with_a_hole_for_each_lake(shapes):
    paths = basemap.svg_paths(shapes)
    assert paths["england"].count("M") == paths["england"].count("z") == 2
    assert paths["wales"].count("M") == paths["wales"].count("z") == 1
    assert "z" not in paths["borders"] + paths["graticule"]


def test_the_borders_are_where_two_countries_meet(shapes):
    scotland, wales, ireland = (
        points(part) for part in re.findall(r"M[^M]+", basemap.svg_paths(shapes)["borders"])
    )
    heights = [y for _, y in scotland]
    assert max(heights) - min(heights) < 5, "the border of Scotland runs from west to east"
    assert abs(wales[0][1] - wales[-1][1]) > 200, "the border of Wales runs from north to south"
    assert ireland[0] != ireland[-1]


def test_the_command_writes_the_basemap_and_the_land(tmp_path, settings, monkeypatch):
    source, land = tmp_path / "divisions.json", tmp_path / "land.json"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": COUNTIES}))
    (tmp_path / "static/img").mkdir(parents=True)
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr("directory.management.commands.build_map.LAND_FILE", land)
    output = StringIO()
    call_command("build_map", source, stdout=output)
    assert set(json.loads(land.read_text())) == {"england", "scotland", "wales", "northern-ireland"}
    svg = (tmp_path / "static/img/uk-basemap.svg").read_text()
    assert f'viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}"' in svg
    assert '<path id="northern-ireland" d="M' in svg
    assert output.getvalue() == "Wrote static/img/uk-basemap.svg and land.json.\n"
