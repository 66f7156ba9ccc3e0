"""The spreadsheet of a model: its columns, and how rows and records find each other."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.forms import modelform_factory

from directory.spreadsheets.cells import RelatedCell, cell_for, normalise, only_slugs
from directory.spreadsheets.columns import COLUMNS
from directory.spreadsheets.file_error import FileError
from directory.spreadsheets.formats import write
from directory.spreadsheets.row_form import RowForm

Key = tuple[str, ...]


class Spreadsheet:
    """A model's columns by the names of their fields, called as on the model's form."""

    def __init__(self, model: Any) -> None:
        self.model = model
        form = modelform_factory(model, RowForm, fields=COLUMNS[model], formfield_callback=cell_for)
        self.row_form = cast("type[RowForm]", form)
        self.cells = self.row_form.base_fields
        self.key_fields = [lookup.split("__")[0] for lookup in model.natural_key_lookups]

    def export(self, records: QuerySet, format_name: str) -> bytes:
        """Return the records as a file. Raise FileError if the format cannot hold them."""
        rows = (
            [cell.prepare_value(getattr(record, name)) for name, cell in self.cells.items()]
            for record in self._with_related(records)
        )
        return write([str(cell.label) for cell in self.cells.values()], rows, format_name)

    def field_names(self, header: list[str]) -> list[str]:
        """Return the names of the fields in the header's order. Raise FileError if columns do not match."""
        by_label = {normalise(str(cell.label)): name for name, cell in self.cells.items()}
        unknown = [label for label in header if normalise(label) not in by_label]
        if len(unknown) == len(header):
            raise FileError(
                f"This is not a spreadsheet of {self.model._meta.verbose_name_plural}: "
                "it has none of the columns listed below."
            )
        if unknown:
            raise FileError(_about("There is no column", unknown, "Rename or delete it."))
        names = [by_label[normalise(label)] for label in header]
        if repeated := [name for name in self.cells if names.count(name) > 1]:
            raise FileError(_about("The header repeats", self._labels(repeated), "Keep one."))
        if missing := [name for name in self.key_fields if name not in names]:
            raise FileError(_about("To match rows, the file also needs", self._labels(missing), "Add it."))
        return names

    def key_of(self, row: dict[str, str]) -> Key:
        """Return the natural key in a row."""
        return tuple(row[name].strip() for name in self.key_fields)

    def load(self, rows: list[dict[str, str]]) -> dict[Key, Model]:
        """Return the records that the rows are about, by key, and load those that their cells name."""
        for name, cell in self.cells.items():
            if isinstance(cell, RelatedCell) and name in rows[0]:
                cell.load(row[name] for row in rows)
        lookup = self.model.natural_key_lookups[0]
        slugs = only_slugs(row[self.key_fields[0]] for row in rows)
        records = self._with_related(self.model._default_manager.filter(**{f"{lookup}__in": slugs}))
        return {tuple(part or "" for part in record.natural_key()): record for record in records}

    def _labels(self, names: Iterable[str]) -> list[str]:
        return [str(self.cells[name].label) for name in names]

    def _with_related(self, records: QuerySet) -> QuerySet:
        related = [name for name, cell in self.cells.items() if isinstance(cell, RelatedCell)]
        return records.select_related(*related) if related else records


def _about(problem: str, labels: list[str], remedy: str) -> str:
    listed = ", ".join(f"“{label.strip() or 'without a name'}”" for label in labels)
    return f"{problem} {listed}. {remedy}"
