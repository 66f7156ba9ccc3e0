"""The directory's form: which parameters its query string has, and what is wrong with their values."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from directory.forms.city_filter import WHOLE_UK, CityFilter
from directory.forms.search import SearchWordsField
from directory.geography.bounding_box import BoundingBox
from directory.models import FormerSlug, Nation, Network, Priority


def _unknown(kind: str) -> dict[str, str]:
    return {"invalid_choice": f"There is no {kind} “%(value)s”. Select from those listed here."}


class AreaField(forms.CharField):
    """The part of the map to show, as the map's own links write it: a bounding box, or the whole country."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> BoundingBox | str | None:  # type: ignore[override]
        """Return the bounding box or WHOLE_UK. Raise ValidationError, naming the value, if it is neither."""
        text = super().to_python(value)
        if text == WHOLE_UK:
            return WHOLE_UK
        try:
            return BoundingBox.parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(
                "“%(value)s” is not part of the map. Select a circle on the map, or show all cities.",
                params={"value": text},
            ) from error


class DirectoryForm(forms.Form):
    """The filters, the order and the page of the directory; other parameters are ignored."""

    q = SearchWordsField(label="City, partner or word")
    priority = forms.ModelMultipleChoiceField(
        Priority.objects.all(), to_field_name="slug", required=False, error_messages=_unknown("priority")
    )
    network = forms.ModelMultipleChoiceField(
        Network.objects.all(), to_field_name="slug", required=False, error_messages=_unknown("network")
    )
    nation = forms.MultipleChoiceField(
        choices=Nation.choices, required=False, error_messages=_unknown("nation")
    )
    area = AreaField(required=False)
    sort = forms.ChoiceField(
        label="Sort by",
        required=False,
        choices=[("name", "name"), ("joined", "date joined")],
        error_messages={
            "invalid_choice": "Cities cannot be sorted by “%(value)s”. Select name or date joined."
        },
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        error_messages={
            "invalid": "Enter the page as a whole number, for example 2.",
            "min_value": "Page numbers start at %(limit_value)s.",
        },
    )

    def __init__(self, data: QueryDict) -> None:
        self.query = _without_blanks(data)
        super().__init__(self.query)

    @cached_property
    def city_filter(self) -> CityFilter:
        """Return the valid values as a filter."""
        cleaned = self.cleaned_data
        area = cleaned.get("area")
        return CityFilter(
            q=cleaned.get("q", ""),
            priorities=tuple(sorted(cleaned.get("priority", ()), key=_slug)),
            networks=tuple(sorted(cleaned.get("network", ()), key=_slug)),
            nations=tuple(sorted(Nation(nation) for nation in set(cleaned.get("nation", ())))),
            area=area if area != WHOLE_UK else None,
            shows_whole_uk=area == WHOLE_UK,
            sort=cleaned.get("sort") or "name",
        )

    @property
    def page_number(self) -> int:
        """Return the page of the list that is asked for."""
        return self.cleaned_data.get("page") or 1

    def url_with_present_slugs(self) -> str:
        """Return the URL with present slugs for renamed ones, or an empty string if that is invalid."""
        present = self.query.copy()
        for name, model in (("priority", Priority), ("network", Network)):
            slugs = present.getlist(name)
            renamed = FormerSlug.objects.of(model).slugs_now(slugs)
            present.setlist(name, [renamed.get(slug, slug) for slug in slugs])
        form = DirectoryForm(present)
        return form.city_filter.url(page=form.page_number) if form.is_valid() else ""


def _slug(record: Any) -> str:
    return str(record.slug)


def _without_blanks(data: QueryDict) -> QueryDict:
    """Return the query without empty values, and without characters that no database stores."""
    cleaned = data.copy()
    for name, values in data.lists():
        stripped = (value.replace("\x00", "").strip() for value in values)
        cleaned.setlist(name, [value for value in stripped if value])
    return cleaned
