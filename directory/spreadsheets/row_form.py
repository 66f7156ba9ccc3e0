"""A row of a spreadsheet as the form of its record."""

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.db.models import Model

from directory.spreadsheets.cells import Cell


@dataclass(frozen=True)
class CellChange:
    """The text of a cell before and after an import."""

    column: str
    before: str
    after: str


class RowForm(forms.ModelForm):
    """The form of one record; a cell that is absent or unchanged leaves its field alone."""

    base_fields: ClassVar[dict[str, Cell]]  # type: ignore[assignment]
    fields: dict[str, Cell]  # type: ignore[assignment]

    def __init__(self, row: dict[str, str], instance: Model) -> None:
        self.is_new = instance._state.adding
        # A new record's foreign keys have no value to get.
        initial = {name: getattr(instance, name, None) for name in self.base_fields}
        super().__init__(row, instance=instance, initial=initial)
        for name, cell in self.fields.items():
            is_default = self.is_new and not row.get(name, "").strip()
            cell.disabled = is_default or not cell.has_changed(initial[name], row.get(name))

    def changes(self) -> list[CellChange]:
        """Return the cells whose text differs between the record as it was and as it is now."""
        changes = []
        for name, cell in self.fields.items():
            before = "" if self.is_new else cell.text(self.initial[name])
            after = cell.text(getattr(self.instance, name))
            if before != after:
                changes.append(CellChange(str(cell.label), before, after))
        return changes
