"""The sizes that Python calculates with are those of the style sheet, the templates and the basemap."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from directory.geography import clusters, labels, uk_map
from directory.geography.projection import MAP_HEIGHT, MAP_WIDTH

ROOT = Path(settings.BASE_DIR)
STYLES = (ROOT / "static/css/map.css").read_text()


def sizes(name, selector=None):
    """The values of a property in the whole style sheet, or in the first rule of a selector."""
    rules = STYLES if selector is None else STYLES.split(f"{selector} {{", 1)[1].split("}")[0]
    return [float(value) for value in re.findall(rf"(?<![\w-]){name}: ([\d.]+)px;", rules)]


def radius(template, css_class):
    text = (ROOT / "templates/map" / template).read_text()
    return float(re.search(rf'class="{css_class}"[^>]* r="(\d+)"', text)[1])


def test_no_label_is_larger_than_the_room_reserved_for_it():
    assert max(sizes("--pin-text")) <= labels.LABEL_SIZE
    assert sizes("--pin-text", ".uk-map--inset") == [labels.INSET_LABEL_SIZE]
    assert sizes("font-size", ".uk-map__nation") == [labels.NATION_LABEL_SIZE]


def test_no_label_begins_further_from_its_pin_than_the_room_reserved_for_it():
    assert sizes("--name-offset", ".uk-map")[0] <= labels.LABEL_GAP * labels.LABEL_SIZE + 1
    assert sizes("--name-offset", ".uk-map--inset")[0] <= labels.LABEL_GAP * labels.INSET_LABEL_SIZE + 1


def test_a_label_below_or_above_is_in_the_middle_of_the_room_reserved_for_it():
    gap, half = labels.LABEL_GAP, labels.LINE_HEIGHT / 2
    assert f"translateY(calc(({gap:g} + {half:g} * var(--lines)) * 1em))" in STYLES
    assert f"translateY(calc((-{gap:g} - {half:g} * var(--lines)) * 1em))" in STYLES
    pin = (ROOT / "templates/map/pin.html").read_text()
    assert f'dy="-{half:g}em"' in pin
    assert f'dy="{labels.LINE_HEIGHT:g}em"' in pin


@pytest.mark.parametrize(
    ("selector", "radius_of_room"),
    [(".uk-map", clusters.PIN_RADIUS), (".uk-map--inset", uk_map.INSET_PIN_RADIUS)],
)
def test_a_pin_with_its_edge_fits_the_room_reserved_for_it(selector, radius_of_room):
    (pin,), (edge,) = sizes("--pin", selector), sizes("--pin-edge", selector)
    assert pin + edge / 2 <= radius_of_room


def test_a_pin_without_the_style_sheet_has_the_size_that_the_style_sheet_gives_it():
    assert sizes("--pin", ".uk-map") == [radius("pin.html", "pin__dot")]
    assert sizes("r", ".pin__target") == [radius("pin.html", "pin__target")]


def test_the_basemap_has_the_size_of_the_map():
    assert f'viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}"' in (ROOT / "static/img/uk-basemap.svg").read_text()
