"""Kinds of cells: how a value is written in one, and which value it says when it is read."""

import datetime
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from import_export.widgets import Widget

from directory.models import FormerSlug
from directory.models.former_slug import SluggedModel

EMPTY = "This cell may not be empty."
HALF_TURN = 180


class Cell(Widget):
    """A text, a number or a date, read by the same rules as on a form at the desk."""

    def __init__(self, field: models.Field) -> None:
        super().__init__()
        self.field = field

    @property
    def expects(self) -> str:
        """What goes into it, in words, beside the field's own help."""
        return "A date as 2024-02-14." if isinstance(self.field, models.DateField) else ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The value as a spreadsheet has it."""
        return "" if value is None else value

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The value that the cell says. Raises ValidationError."""
        if value.strip():
            return self.read(value)
        if not self.field.blank:
            raise ValidationError(EMPTY)
        return None if self.field.null else ""

    def read(self, text: str) -> Any:
        """The value of a cell that is not empty. Raises ValidationError."""
        is_address = isinstance(self.field, models.URLField)
        options: dict[str, Any] = {"assume_scheme": "https"} if is_address else {}
        form_field: Any = self.field.formfield(**options)
        return form_field.clean(text)


class DegreesCell(Cell):
    """A number of degrees, rounded to five places as on the form; a typographer's minus is one too."""

    def read(self, text: str) -> Any:
        """The number. Raises ValidationError."""
        form_field: Any = self.field.formfield(max_digits=None, decimal_places=None)
        degrees = form_field.clean(text.replace("−", "-"))
        return round(degrees, 5) if abs(degrees) <= HALF_TURN else degrees


class MomentCell(Cell):
    """A day and a time, British unless it says otherwise."""

    expects = "A moment as 2024-02-14 09:30."

    def render(self, value: datetime.datetime | None, obj: Any = None, **kwargs: Any) -> str:
        """The British time; with its distance from Greenwich in the hour that comes twice."""
        if value is None:
            return ""
        local = timezone.localtime(value)
        twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        whole = not (local.second or local.microsecond)
        return (local if twice else local.replace(tzinfo=None)).isoformat(" ", "minutes" if whole else "auto")

    def read(self, text: str) -> Any:
        """The moment. Raises ValidationError."""
        try:
            return super().read(text)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                f"The clocks change at that moment. Write {text.strip()}+00:00 for winter time, "
                f"or {text.strip()}+01:00 for summer time."
            ) from error


class ChoiceCell(Cell):
    """One of a few words, as the desk shows them."""

    @property
    def expects(self) -> str:
        """The words."""
        return f"One of: {', '.join(self._labels.values())}."

    @property
    def _labels(self) -> dict[str, str]:
        return {value: str(label) for value, label in self.field.flatchoices if label and value is not None}

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The word for it."""
        return self._labels.get(value, value or "")

    def read(self, text: str) -> str:
        """The choice, by its word or by what the site's own addresses call it. Raises ValidationError."""
        wanted = _loose(text)
        for value, label in self._labels.items():
            if wanted in (_loose(label), value):
                return value
        raise ValidationError(f"“{text.strip()}” is not a choice. {self.expects}")


class SlugCell(Cell):
    """Another record, by its slug."""

    def __init__(self, field: models.Field) -> None:
        super().__init__(field)
        self.model: Any = field.related_model
        self.found: dict[str, models.Model] = {}

    @property
    def expects(self) -> str:
        """Whose slug."""
        return f"The slug of a {self._noun}."

    @property
    def _noun(self) -> str:
        return str(self.model._meta.verbose_name)

    def load(self, texts: Iterable[str]) -> None:
        """Find all the records that a file names, in one question."""
        slugs = {text.strip() for text in texts} - {""}
        self.found = self.model._default_manager.in_bulk(slugs, field_name="slug")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Its slug."""
        return "" if value is None else value.slug

    def read(self, text: str) -> models.Model:
        """The record. Raises ValidationError."""
        slug = text.strip()
        if slug in self.found:
            return self.found[slug]
        raise ValidationError(f"There is no {self._noun} with the slug “{slug}”.{self._hint(slug)}")

    def _hint(self, slug: str) -> str:
        if issubclass(self.model, SluggedModel):
            for now in FormerSlug.objects.of(self.model).slugs_now([slug]).values():
                return f" It is “{now}” now."
        slugs = self.model._default_manager.values_list("slug", flat=True)
        near = get_close_matches("-".join(slug.lower().split()), slugs, n=1)
        return f" Is it “{near[0]}”?" if near else ""


def cell_for(field: models.Field) -> Cell:
    """The kind of cell that holds a field."""
    if field.is_relation:
        return SlugCell(field)
    if field.choices:
        return ChoiceCell(field)
    if isinstance(field, models.DateTimeField):
        return MomentCell(field)
    return DegreesCell(field) if isinstance(field, models.DecimalField) else Cell(field)


def _loose(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
