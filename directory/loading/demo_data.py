"""Demo data: valid cities with priorities, partners and memberships, the same every time."""

import datetime
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from directory.loading.demo_positions import Land
from directory.loading.fixture_files import read_fixtures
from directory.models import (
    Basis,
    City,
    CityPriority,
    DatePrecision,
    LabelSide,
    Membership,
    Nation,
    Network,
    Partner,
    Partnership,
    Priority,
    Source,
    SourceKind,
    Status,
)
from directory.search import rebuild

SEED = 2024
BATCH = 1_000
# Roughly as the United Kingdom's towns are spread.
NATIONS = {Nation.ENGLAND: 80, Nation.SCOTLAND: 9, Nation.WALES: 7, Nation.NORTHERN_IRELAND: 4}
FIRST = """
    Ash Beck Black Bright Brook Castle Cold Crow Dale East Fair Glen Green Grey Hart Hazel High Kings
    Lamb Lang Lint Little Long Lower Marsh Mill Moor Nether New North Oak Over Red Rush Sand Sheep
    Silver South Stan Stone Strat Thorn Upper Wal West White Whit Wick Wood Wool Wych Yarn
""".split()  # noqa: SIM905 – a list of words reads best as one
LAST = """
    bank beck borough bourne bridge burn bury by church combe cote dale den don field ford gate ham
    haven hill holme hope hurst keld ley low mere minster mouth pool port stead stoke ton well wick worth
""".split()  # noqa: SIM905
BEHIND = ["", " Magna", " Parva", " St Mary", "-on-Sea", "-under-Edge"]


class DemoData:
    """Creates demo cities from a fixed seed; one instance for each database."""

    MAX = len(FIRST) * len(LAST) * len(BEHIND)

    def __init__(self) -> None:
        self.random = Random(SEED)  # noqa: S311 – the same every time is what is wanted
        self.land = Land(self.random)

    def make(self, number: int) -> None:
        """Create that many cities, with the real priorities and networks."""
        self.source = Source.objects.create(
            title="Demo data", slug="demo-data", publisher="make_demo_data", kind=SourceKind.GAZETTEER
        )
        self.priorities = self._real(Priority)
        self.networks = self._real(Network, source=self.source)
        names = [" ".join(name.split()) for name in self.random.sample(list(_names()), number)]
        cities = City.objects.bulk_create(map(self._city, names), BATCH)
        self._give_priorities(cities)
        Membership.objects.bulk_create(map(self._membership, cities), BATCH)
        partners = Partner.objects.bulk_create(map(self._partner, names[: number // 10 + 1]), BATCH)
        Partnership.objects.bulk_create((self._partnership(city, partners) for city in cities), BATCH)
        rebuild()

    def _real(self, model: Any, **fields: Any) -> list[Any]:
        records = (record for record in read_fixtures(settings.FIXTURES_DIR) if record.model is model)
        return model.objects.bulk_create(model(**record.fields | fields) for record in records)

    def _city(self, name: str) -> City:
        (nation,) = self.random.choices(list(NATIONS), list(NATIONS.values()))
        position = self.land.point_in(nation)
        return City(
            name=name,
            slug=slugify(name),
            nation=nation,
            initiative=f"{name} Learning City" if self.random.random() < 0.7 else "",  # noqa: PLR2004
            standfirst=f"Learning for everyone in {name}, at school and at work.",
            summary=f"{name} wants everyone who lives there to go on learning, at school and at work.",
            status=Status.PUBLISHED,
            latitude=position.latitude,
            longitude=position.longitude,
            position_source=self.source,
            label_side=self.random.choice(list(LabelSide)),
            source=self.source,
        )

    def _give_priorities(self, cities: list[City]) -> None:
        given = [(city, self.random.sample(self.priorities, self.random.randint(1, 4))) for city in cities]
        city_priorities = CityPriority.objects.bulk_create(
            (
                CityPriority(
                    city=city,
                    title=f"{priority.name} in {city.name}",
                    text=priority.summary,
                    order=order,
                    basis=self.random.choice(list(Basis)),
                    source=self.source,
                )
                for city, priorities in given
                for order, priority in enumerate(priorities, 1)
            ),
            BATCH,
        )
        served = [priority for _, priorities in given for priority in priorities]
        link = CityPriority.priorities.through
        link.objects.bulk_create(
            (
                link(citypriority=one, priority=priority)
                for one, priority in zip(city_priorities, served, strict=True)
            ),
            BATCH,
        )

    def _membership(self, city: City) -> Membership:
        date = datetime.date(2013, 1, 1) + datetime.timedelta(days=self.random.randrange(4_000))
        is_dated = self.random.random() < 0.6  # noqa: PLR2004
        return Membership(
            city=city,
            network=self.networks[0],
            date=date if is_dated else None,
            precision=DatePrecision.DAY if is_dated else DatePrecision.UNKNOWN,
            source=self.source,
        )

    def _partner(self, name: str) -> Partner:
        return Partner(name=f"{name} College", slug=slugify(f"{name} College"), source=self.source)

    def _partnership(self, city: City, partners: list[Partner]) -> Partnership:
        return Partnership(
            partner=self.random.choice(partners), city=city, role="Partner", order=1, source=self.source
        )


def _names() -> Iterator[str]:
    for first, last, behind in product(FIRST, LAST, BEHIND):
        yield f"{first}{last}{behind}"
