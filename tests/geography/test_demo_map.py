"""The marks on the whole map of the demo data, as they are today: a faster way must give a map as good.

`demo_cells.json` has what `City.objects.clusters` returns for 12 and for 10,000 demo cities, and the marks
that they become.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.geography.bounding_box import BoundingBox
from directory.geography.clusters import Cluster, merge_overlapping
from directory.geography.coordinates import Position
from directory.geography.viewport import Viewport
from directory.models import City

DEMO = json.loads(Path(__file__).with_name("demo_cells.json").read_text())


def clusters(number):
    for key, (count, area, latitude, longitude) in enumerate(DEMO[number]["cells"]):
        middle = Position(Decimal(latitude), Decimal(longitude))
        yield Cluster(count, BoundingBox.parse(area), middle, key)


@pytest.mark.parametrize("number", DEMO)
def test_the_demo_map_has_the_marks_that_it_had(number):
    marks = sorted(
        [cluster.count, str(cluster.bounding_box)]
        for cluster in merge_overlapping(clusters(number), Viewport())
    )
    assert marks == DEMO[number]["marks"]


@pytest.mark.django_db
def test_the_database_counts_the_demo_cities_in_the_same_cells():
    call_command("make_demo_data", 12, verbosity=0)
    cells = [[cluster.count, str(cluster.bounding_box)] for cluster in City.objects.clusters(Viewport())]
    assert cells == [cell[:2] for cell in DEMO["12"]["cells"]]
