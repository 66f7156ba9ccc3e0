"""The form of a city, with a preview of its position."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.admin.content import ContentForm
from directory.geography.coordinates import DECIMAL_PLACES, Position
from directory.geography.parsing import EXAMPLES, MAX_NUMBER, parse_position
from directory.geography.position_check import position_error, position_warning, suggestions
from directory.geography.uk_map import UkMap
from directory.models import City, LabelSide, Nation


class RoundedDecimalField(forms.DecimalField):
    """Degrees, rounded to five decimal places (about a metre)."""

    def to_python(self, value: Any) -> Decimal | None:
        degrees = super().to_python(value)
        if degrees is None or not degrees.is_finite():
            return degrees
        if abs(degrees) >= MAX_NUMBER:
            raise forms.ValidationError(
                "“%(value)s” is not a number of degrees. Enter a number such as 51.4545.",
                params={"value": value},
            )
        return round(degrees, DECIMAL_PLACES)


class CityForm(ContentForm):
    """The form of a city, with a field for a pasted position."""

    pasted_position = forms.CharField(
        required=False,
        max_length=100,
        help_text=f"Paste it as you find it, for example {EXAMPLES}. This fills in both fields below.",
    )
    latitude = RoundedDecimalField(required=False, help_text=City._meta.get_field("latitude").help_text)
    longitude = RoundedDecimalField(required=False, help_text=City._meta.get_field("longitude").help_text)

    class Media:
        css = {"all": ["css/map.css"]}
        js = [Script("js/position.js", defer=True)]

    def clean(self) -> dict[str, Any] | None:
        """Set latitude and longitude from the pasted position, if there is one."""
        cleaned = super().clean() or self.cleaned_data
        if pasted := cleaned.get("pasted_position"):
            try:
                position = parse_position(pasted)
            except ValueError as error:
                self.add_error("pasted_position", str(error))
            else:
                cleaned |= {"latitude": position.latitude, "longitude": position.longitude}
        return cleaned


@dataclass
class Spot:
    """A position on the map that belongs to no city yet."""

    position: Position
    pk: int = 0
    name: str = "Here"
    slug: str = "here"
    label_side: str = LabelSide.RIGHT

    def get_absolute_url(self) -> str:
        """Return an empty URL: it has no page."""
        return ""


def position_view(request: HttpRequest) -> HttpResponse:
    """Render a position on the map, what is wrong with it, and the corrections to choose from."""
    text, nation = request.GET.get("text", "")[:100], request.GET.get("nation", "")
    nation = nation if nation in Nation.values else ""
    try:
        position = parse_position(text)
    except ValueError as error:
        return render(request, "admin/directory/city/position.html", {"refusal": str(error)})
    names = dict(Nation.choices)
    complaint = position_error(position, nation, names)
    question = position_warning(position, nation, names) if nation and not complaint else ""
    context = {
        "position": position,
        "refusal": complaint,
        "corrected": suggestions(position, nation, names) if complaint or question else [],
        "question": question,
        "here": Spot(position),
        "map": UkMap.inset(Spot(position), []) if position.in_uk_box else None,
    }
    return render(request, "admin/directory/city/position.html", context)
