"""Form fields for the cells of a spreadsheet: how a value is written in a cell, and read from one."""

import datetime
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from directory.geography.coordinates import DECIMAL_PLACES
from directory.geography.parsing import MAX_DEGREES
from directory.models import FormerSlug
from directory.models.former_slug import SluggedModel
from directory.spreadsheets.formats import as_text

SLUG_HELP = (
    "The last part of the page’s URL. Rows are matched by it, so a different slug creates a new record."
)


class Cell(forms.Field):
    """A text, number or date, read as its model field's own form field reads it.

    If the cell is disabled, its value is the record's own and is left exactly as it is.
    """

    expects = ""
    options: ClassVar[dict[str, Any]] = {}

    def __init__(self, model_field: models.Field) -> None:
        self.model_field = model_field
        self.form_field: Any = model_field.formfield(**self.options)
        super().__init__(
            required=not model_field.blank,
            label=capfirst(model_field.verbose_name),
            help_text=f"{self.expects} {model_field.help_text}".strip(),
            error_messages={"required": "This cell is empty. Enter a value."},
        )

    @property
    def is_required_for_new_rows(self) -> bool:
        """Return whether a new record has no value without it."""
        return self.required and not self.model_field.has_default()

    def prepare_value(self, value: Any) -> Any:
        """Return the value as an export writes it."""
        return "" if value is None else value

    def text(self, value: Any) -> str:
        """Return the value as the text of a cell."""
        return as_text(self.prepare_value(value))

    def has_changed(self, initial: Any, data: str | None) -> bool:
        """Return whether the cell has another value than the initial one, or none that can be read."""
        if data is None or _with_unix_line_ends(data) == _with_unix_line_ends(self.text(initial)):
            return False
        return super().has_changed(initial, data)

    def to_python(self, value: Any) -> Any:
        """Return the value of a cell's text. Raise ValidationError."""
        if self.disabled:
            return value
        if value.strip():
            return self.parse(value)
        return None if self.model_field.null else ""

    def parse(self, text: str) -> Any:
        """Return the value of a text that is not blank. Raise ValidationError."""
        return self.form_field.clean(text)


class SlugCell(Cell):
    """The record's own slug."""

    def __init__(self, model_field: models.Field) -> None:
        super().__init__(model_field)
        self.help_text = SLUG_HELP


class UrlCell(Cell):
    """A URL, with https:// if it has no scheme."""

    options: ClassVar = {"assume_scheme": "https"}


class DateCell(Cell):
    """A date."""

    expects = "A date such as 2024-02-14."
    options: ClassVar = {"error_messages": {"invalid": "Enter a real date such as 2024-02-14."}}


class DegreesCell(Cell):
    """A number of degrees, rounded as on the form; a typographer's minus is read as a minus."""

    options: ClassVar = {"max_digits": None, "decimal_places": None}

    def parse(self, text: str) -> Any:
        """Return the number; one that is too large is left to the model's validation."""
        degrees = super().parse(text.replace("−", "-"))
        return round(degrees, DECIMAL_PLACES) if abs(degrees) <= MAX_DEGREES else degrees


class DateTimeCell(Cell):
    """A date and time: British time, unless it gives its UTC offset."""

    expects = "A date and time such as 2024-02-14 09:30."
    options: ClassVar = {"error_messages": {"invalid": "Enter a date and time such as 2024-02-14 09:30."}}

    def prepare_value(self, value: datetime.datetime | None) -> str:
        """Return the British time, with its UTC offset in the hour that happens twice when clocks go back."""
        if value is None:
            return ""
        local = timezone.localtime(value)
        is_ambiguous = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        is_whole_minute = not (local.second or local.microsecond)
        written = local if is_ambiguous else local.replace(tzinfo=None)
        return written.isoformat(" ", "minutes" if is_whole_minute else "auto")

    def parse(self, text: str) -> Any:
        """Return the date and time. Raise ValidationError, which explains a clock change."""
        try:
            return super().parse(text)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                f"The clocks change in that hour. Enter {text.strip()}+00:00 for winter time, "
                f"or {text.strip()}+01:00 for summer time."
            ) from error


class ChoiceCell(Cell):
    """A choice, by its label."""

    def __init__(self, model_field: models.Field) -> None:
        self.labels = {value: str(label) for value, label in model_field.flatchoices}
        self.expects = f"One of: {', '.join(self.labels.values())}."
        super().__init__(model_field)

    def prepare_value(self, value: Any) -> str:
        """Return the label."""
        return self.labels.get(value, value or "")

    def parse(self, text: str) -> str:
        """Return the choice with this label or value. Raise ValidationError."""
        wanted = normalise(text)
        for value, label in self.labels.items():
            if wanted in (normalise(label), value):
                return value
        raise ValidationError(
            f"“{text.strip()}” is not a choice. Enter one of: {', '.join(self.labels.values())}."
        )


class RelatedCell(Cell):
    """Another record, by its slug."""

    def __init__(self, model_field: models.Field) -> None:
        self.model = cast("type[models.Model]", model_field.related_model)
        self.noun = self.model._meta.verbose_name
        self.expects = f"The slug of a {self.noun}."
        self.records: dict[str, models.Model] = {}
        self.hints: dict[str, str] = {}
        super().__init__(model_field)

    def load(self, texts: Iterable[str]) -> None:
        """Load with one query the records whose slugs are among the texts."""
        self.records = self.model._default_manager.in_bulk(only_slugs(texts), field_name="slug")

    def prepare_value(self, value: Any) -> str:
        """Return the record's slug."""
        return "" if value is None else value.slug

    def parse(self, text: str) -> models.Model:
        """Return the record. Raise ValidationError, with the slug that may be meant."""
        slug = text.strip()
        if slug in self.records:
            return self.records[slug]
        if slug not in self.hints:
            self.hints[slug] = self._hint(slug)
        raise ValidationError(f"There is no {self.noun} with the slug “{slug}”.{self.hints[slug]}")

    def _hint(self, slug: str) -> str:
        if issubclass(self.model, SluggedModel):
            for current in FormerSlug.objects.of(self.model).slugs_now([slug]).values():
                return f" It is now “{current}”."
        slugs = self.model._default_manager.values_list("slug", flat=True)
        similar = get_close_matches("-".join(slug.lower().split()), slugs, n=1)
        return f" Did you mean “{similar[0]}”?" if similar else ""


CELLS: dict[type[models.Field], type[Cell]] = {
    models.ForeignKey: RelatedCell,
    models.SlugField: SlugCell,
    models.URLField: UrlCell,
    models.DateTimeField: DateTimeCell,
    models.DateField: DateCell,
    models.DecimalField: DegreesCell,
}


def cell_for(model_field: models.Field) -> Cell:
    """Return the form field for the cells of a model field."""
    kind = ChoiceCell if model_field.choices else CELLS.get(type(model_field), Cell)
    return kind(model_field)


def only_slugs(texts: Iterable[str]) -> set[str]:
    """Return the texts that can be slugs: PostgreSQL cannot look up every other."""
    return {text.strip() for text in texts if slug_re.fullmatch(text.strip())}


def normalise(text: str) -> str:
    """Return the text without differences of case, spacing and apostrophes."""
    return " ".join(text.casefold().replace("’", "'").split())


def _with_unix_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
