"""The directory's filter: the whole contract of its query string."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from directory.geography.bounding_box import BoundingBox
from directory.models import City, CityPriority, FormerSlug, Membership, Nation, Network, Priority
from directory.models.city_queries import CityQuerySet

MAX_WORDS = 8
GROUPS = {"priority": "Priorities", "network": "Networks", "nation": "Nations"}
FILTERS = ("q", *GROUPS, "area")


@dataclass(frozen=True)
class Choice:
    """One box to tick: how many cities it would give, and whether it is ticked."""

    value: str
    label: str
    city_count: int
    is_chosen: bool

    @property
    def is_disabled(self) -> bool:
        """Whether ticking it would leave nothing; what is ticked can always be unticked."""
        return not self.city_count and not self.is_chosen


@dataclass(frozen=True)
class ChoiceGroup:
    """The choices of one kind, with what is wrong in what was asked of them."""

    name: str
    legend: str
    choices: list[Choice]
    errors: list[str]


@dataclass(frozen=True)
class Chosen:
    """One filter that is set, and where to go without it."""

    name: str
    value: str
    label: str
    address_without: str


@dataclass(frozen=True)
class WayOut:
    """A filter whose removal gives cities again."""

    chosen: Chosen
    city_count: int


def _unknown(kind: str) -> dict[str, str]:
    return {"invalid_choice": f"There is no {kind} “%(value)s”. Choose from those listed here."}


class BoundingBoxField(forms.CharField):
    """A part of the map, as the map's own links write it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> BoundingBox | None:  # type: ignore[override] # it gives what it read
        """Read it. Raises ValidationError, which names the value and the way out."""
        text = super().to_python(value)
        try:
            return BoundingBox.parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(
                "“%(value)s” is not a part of the map: choose one of its circles, or show all cities.",
                params={"value": text},
            ) from error


class DirectoryForm(forms.Form):
    """What a visitor asks of the directory. Names that are not its fields are ignored."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        error_messages={
            "max_length": "Search for at most %(limit_value)d characters: this has %(show_value)d.",
        },
    )
    priority = forms.MultipleChoiceField(required=False, error_messages=_unknown("priority"))
    network = forms.MultipleChoiceField(required=False, error_messages=_unknown("network"))
    nation = forms.MultipleChoiceField(
        required=False, choices=Nation.choices, error_messages=_unknown("nation")
    )
    area = BoundingBoxField(required=False)
    sort = forms.ChoiceField(
        label="Sort by",
        required=False,
        choices=[("name", "name"), ("joined", "date joined")],
        error_messages={
            "invalid_choice": "Cities cannot be sorted by “%(value)s”: choose name or date joined."
        },
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        error_messages={
            "invalid": "The page must be a whole number.",
            "min_value": "Pages begin at %(limit_value)s.",
        },
    )

    def __init__(self, data: QueryDict) -> None:
        self.query = _without_blanks(data)
        super().__init__(self.query)
        self.named: dict[str, dict[str, Any]] = {
            "priority": {priority.slug: priority for priority in Priority.objects.all()},
            "network": {network.slug: network for network in Network.objects.all()},
        }
        self.choices: dict[str, dict[str, str]] = {
            name: {slug: str(record) for slug, record in records.items()}
            for name, records in self.named.items()
        } | {"nation": dict(Nation.choices)}
        for name in self.named:
            cast("forms.MultipleChoiceField", self.fields[name]).choices = list(self.choices[name].items())

    def clean_q(self) -> str:
        """Refuse more words than a search needs."""
        words: str = self.cleaned_data["q"]
        if len(words.split()) > MAX_WORDS:
            raise forms.ValidationError(
                f"Search for at most {MAX_WORDS} words: this has {len(words.split())}."
            )
        return words

    # What the visitor asked for.

    def values(self, name: str) -> list[str]:
        """The valid values given for a filter, in one fixed order; empty if none or not valid."""
        value = self.cleaned_data.get(name) or []
        return sorted(set(value)) if isinstance(value, list) else [str(value)]

    def records(self, name: str) -> list[Any]:
        """The priorities or networks that were chosen."""
        return [self.named[name][slug] for slug in self.values(name)]

    @property
    def is_sorted_by_date(self) -> bool:
        """Whether the earliest member comes first, and not the first name."""
        return self.cleaned_data.get("sort") == "joined"

    # What it comes to.

    def filter(self, cities: CityQuerySet) -> CityQuerySet:
        """The cities asked for, in the order asked for."""
        found = self.narrow(cities)
        if self.is_sorted_by_date:
            return found.by_date_joined(self.records("network"))
        return found.order_by("name")

    def narrow(self, cities: CityQuerySet, *, leaving_out: Iterable[tuple[str, str]] = ()) -> CityQuerySet:
        """The cities asked for, as if the filters left out (name and value) had not been set."""
        kept = {
            name: [value for value in self.values(name) if (name, value) not in leaving_out]
            for name in FILTERS
        }
        if kept["q"]:
            cities = cities.matching(kept["q"][0])
        if kept["priority"]:
            cities = cities.prioritising([self.named["priority"][v] for v in kept["priority"]])
        if kept["network"]:
            cities = cities.in_networks([self.named["network"][v] for v in kept["network"]])
        if kept["nation"]:
            cities = cities.in_nations(kept["nation"])
        if kept["area"]:
            cities = cities.in_area(self.cleaned_data["area"])
        return cities

    def groups(self) -> Iterator[ChoiceGroup]:
        """Each group of choices, counted with the other groups applied and its own left out."""
        for name, legend in GROUPS.items():
            counts = self._city_counts(name)
            choices = [
                Choice(value, label, counts.get(value, 0), value in self.values(name))
                for value, label in self.choices[name].items()
            ]
            yield ChoiceGroup(name, legend, choices, [str(error) for error in self.errors.get(name, [])])

    def _city_counts(self, name: str) -> dict[str, int]:
        own = [(name, value) for value in self.values(name)]
        cities = City.objects.published()
        others = cities if self.errors else self.narrow(cities, leaving_out=own)
        keys = others.order_by().values("pk")
        statements: dict[str, QuerySet] = {
            "priority": CityPriority.objects.filter(city__in=keys).values_list("priorities__slug"),
            "network": Membership.objects.filter(city__in=keys).values_list("network__slug"),
            "nation": others.values_list("nation"),
        }
        city = "pk" if name == "nation" else "city"
        return dict(statements[name].order_by().annotate(Count(city, distinct=True)))

    def chosen(self) -> list[Chosen]:
        """Every filter that is set, each with the address without it."""
        return [
            Chosen(name, value, self._label(name, value), self.address(leaving_out=(name, value)))
            for name in FILTERS
            for value in self.values(name)
        ]

    def _label(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value}”"
        if name == "area":
            return "Part of the map"
        return self.choices[name][value]

    def ways_out(self) -> list[WayOut]:
        """The filters without which there would be cities, each with how many."""
        chosen = self.chosen()
        counts = City.objects.aggregate(
            **{
                f"without_{number}": Count("pk", filter=Q(pk__in=self._left_without(one)))
                for number, one in enumerate(chosen)
            }
        )
        found = [WayOut(one, counts[f"without_{number}"]) for number, one in enumerate(chosen)]
        return [way for way in found if way.city_count]

    def _left_without(self, one: Chosen) -> QuerySet:
        left = self.narrow(City.objects.published(), leaving_out=[(one.name, one.value)])
        return left.order_by().values("pk")

    def description(self) -> str:
        """Why these cities, in words: “working on Skills and work, in England or Wales”."""
        openings = {"priority": "working on", "network": "in the", "nation": "in"}
        parts = [
            f"{opening} {_either([self._label(name, value) for value in self.values(name)])}"
            for name, opening in openings.items()
            if self.values(name)
        ]
        if words := self.values("q"):
            parts.append(f"mentioning “{words[0]}”")
        if self.values("area"):
            parts.append("in one part of the map")
        return ", ".join(parts)

    # Where it is written down.

    def address(
        self, *, leaving_out: tuple[str, str] | None = None, area: BoundingBox | None = None, page: int = 1
    ) -> str:
        """The one address of what was asked for, or of it in another area: fixed order, no defaults."""
        pairs = [
            (name, str(area) if name == "area" and area else value)
            for name in FILTERS
            for value in self.values(name) or ([str(area)] if name == "area" and area else [])
            if (name, value) != leaving_out
        ]
        if self.is_sorted_by_date:
            pairs.append(("sort", "joined"))
        if page > 1:
            pairs.append(("page", str(page)))
        query = urlencode(pairs, safe=",")
        return f"{reverse('city_list')}?{query}" if query else reverse("city_list")

    def address_with_current_slugs(self) -> str:
        """The address of the same question under the slugs of today; empty if nothing was renamed."""
        current, was_renamed = self.query.copy(), False
        for name, model in (("priority", Priority), ("network", Network)):
            unknown = [slug for slug in current.getlist(name) if slug not in self.choices[name]]
            if former := FormerSlug.objects.of(model).slugs_now(unknown):
                current.setlist(name, [former.get(slug, slug) for slug in current.getlist(name)])
                was_renamed = True
        form = DirectoryForm(current)
        return form.address(page=form.cleaned_data["page"] or 1) if was_renamed and form.is_valid() else ""


def _without_blanks(data: QueryDict) -> QueryDict:
    """The query without empty values, and without characters that no database keeps."""
    kept = data.copy()
    for name, values in data.lists():
        cleaned = (value.replace("\x00", "").strip() for value in values)
        kept.setlist(name, [value for value in cleaned if value])
    return kept


def _either(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
