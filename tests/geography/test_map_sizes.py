"""The sizes that Python calculates with are those of the style sheet, the templates and the basemap."""

import re
from pathlib import Path

from django.conf import settings

from directory.geography import uk_map
from directory.geography.clusters import MIN_SEPARATION
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
    assert max(sizes("--pin-text")) <= uk_map.LABEL_SIZE
    assert sizes("--pin-text", ".uk-map--inset") == [uk_map.INSET_LABEL_SIZE]


def test_no_label_begins_further_from_its_pin_than_the_room_reserved_for_it():
    assert sizes("--name-offset", ".uk-map")[0] <= uk_map.LABEL_GAP * uk_map.LABEL_SIZE + 2
    assert sizes("--name-offset", ".uk-map--inset")[0] <= uk_map.LABEL_GAP * uk_map.INSET_LABEL_SIZE + 2


def test_the_largest_pins_and_clusters_do_not_touch_at_the_smallest_separation():
    assert 2 * max(sizes("--pin")) <= MIN_SEPARATION
    assert 2 * radius("cluster.html", "cluster__disc") <= MIN_SEPARATION


def test_a_pin_beside_a_label_is_no_larger_than_the_room_reserved_for_it():
    wide = STYLES.split("@media (min-width: 30rem)", 1)[1]
    pin, edge = (float(re.search(rf"{name}: ([\d.]+)px", wide)[1]) for name in ("--pin", "--pin-edge"))
    assert pin + edge / 2 <= uk_map.PIN_RADIUS
    inset = uk_map.PIN_RADIUS * uk_map.INSET_LABEL_SIZE / uk_map.LABEL_SIZE
    assert sizes("--pin", ".uk-map--inset")[0] <= inset


def test_a_pin_without_the_style_sheet_has_the_size_of_a_wide_screen():
    wide = STYLES.split("@media (min-width: 30rem)", 1)[1]
    assert f"--pin: {radius('pin.html', 'pin__dot'):.0f}px" in wide
    assert f"r: {radius('pin.html', 'pin__target'):.0f}px" in wide


def test_the_basemap_has_the_size_of_the_map():
    assert f'viewBox="0 0 {MAP_WIDTH} {MAP_HEIGHT}"' in (ROOT / "static/img/uk-basemap.svg").read_text()
