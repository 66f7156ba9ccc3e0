"""What all tables share: their columns, how rows are recognised, and that model rules hold."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field as ModelField
from django.db.models import Model, QuerySet
from django.utils.text import capfirst
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource

from directory.spreadsheets.cells import EMPTY, SlugCell, cell_for
from directory.spreadsheets.file_error import FileError
from directory.spreadsheets.formats import Sheet, as_text

REASON_LENGTH = 100
SLUG_HELP = (
    "The last part of the page’s address. A row is recognised by it: another slug makes another record."
)


@dataclass(frozen=True)
class Column:
    """What staff should know of a column."""

    name: str
    is_key: bool
    is_needed: bool
    explanation: str


class BeforeAndAfter(Diff):
    """Each cell as it was and as it is now; the library's own is marked up with inline styles."""

    def as_html(self) -> list[tuple[str, str]]:
        """The pairs, as text: templates mark them up."""
        before = [""] * len(self.left) if self.new else [as_text(value) for value in self.left]
        return list(zip(before, (as_text(value) for value in self.right), strict=True))


class ByKey(BaseInstanceLoader):
    """Finds records by what people read, all those of a file in one question."""

    def __init__(self, resource: "TableResource", dataset: Any) -> None:
        super().__init__(resource, dataset)
        first = resource.fields[resource.get_import_id_fields()[0]]
        named = {text.strip() for text in dataset[first.column_name]}
        lookup = resource.model.natural_key_lookups[0]
        found = resource.related(resource.get_queryset()).filter(**{f"{lookup}__in": named})
        self.records = {tuple(part or "" for part in record.natural_key()): record for record in found}

    def get_instance(self, row: dict[str, str]) -> Model | None:
        """The record that the row is about, if there is one."""
        return self.records.get(self.resource.key_of(row))


class TableResource(ModelResource):
    """A table of records: the columns are the fields, called as at the desk."""

    class Meta:
        instance_loader_class = ByKey
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model: Any = self._meta.model
        self.rows_by_key: dict[tuple[str, ...], int] = {}
        self.numbers: list[int] = []
        self.reason = ""

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: ModelField, readonly: bool) -> Field:  # noqa: FBT001 – the library's signature
        """A column for a field."""
        name = capfirst(str(django_field.verbose_name))
        return Field(attribute=field_name, column_name=name, widget=cell_for(django_field), readonly=readonly)

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        """Pairs instead of markup."""
        return BeforeAndAfter

    def get_import_id_fields(self) -> list[str]:
        """The columns by which a row is recognised: the natural key."""
        return [lookup.split("__")[0] for lookup in self.model.natural_key_lookups]

    def columns(self) -> list[Column]:
        """The columns in their order, explained."""
        keys = self.get_import_id_fields()
        return [
            Column(
                field.column_name,
                field.attribute in keys,
                not field.widget.field.blank and not field.widget.field.has_default(),
                SLUG_HELP
                if field.attribute == "slug"
                else f"{field.widget.expects} {field.widget.field.help_text}".strip(),
            )
            for field in self.get_import_fields()
        ]

    def prepare(self, sheet: Sheet, file_name: str) -> Sheet:
        """The sheet with its columns called exactly as here. Raises FileError if they are not these."""
        self.numbers = [number for number, _ in sheet.rows]
        self.reason = f"Imported from {file_name}"[:REASON_LENGTH]
        names = {_loose(column.name): column.name for column in self.columns()}
        unknown = [name for name in sheet.header if _loose(name) not in names]
        if len(unknown) == len(sheet.header):
            raise FileError(
                f"This is no table of {self.plural}: it has none of the columns. They are listed below."
            )
        if unknown:
            raise FileError(_of_columns("There is no column", unknown, "Rename or delete it."))
        header = [names[_loose(name)] for name in sheet.header]
        if twice := sorted({name for name in header if header.count(name) > 1}):
            raise FileError(_of_columns("More than once in the header:", twice, "Keep one."))
        keys = [column.name for column in self.columns() if column.is_key]
        if missing := [name for name in keys if name not in header]:
            raise FileError(_of_columns("The file lacks", missing, "Rows are recognised by it."))
        return Sheet(header, sheet.rows)

    @property
    def plural(self) -> str:
        """What the rows are called."""
        return str(self.model._meta.verbose_name_plural)

    def key_of(self, row: dict[str, str]) -> tuple[str, ...]:
        """What the row says that it is about."""
        names = (self.fields[name].column_name for name in self.get_import_id_fields())
        return tuple(row[name].strip() for name in names)

    def related(self, queryset: QuerySet) -> QuerySet:
        """The records with those that they name."""
        fields = self.get_import_fields()
        names = [field.attribute for field in fields if isinstance(field.widget, SlugCell)]
        return queryset.select_related(*names) if names else queryset

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """Load what the rows name, too."""
        return self.related(queryset)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Find all that the rows name."""
        for field in self.get_import_fields():
            if isinstance(field.widget, SlugCell) and field.column_name in dataset.headers:
                field.widget.load(dataset[field.column_name])

    def before_import_row(self, row: dict[str, str], **kwargs: Any) -> None:
        """Refuse a second row about the same record: only one of them could hold."""
        key, number = self.key_of(row), self.numbers[kwargs["row_number"] - 1]
        first = self.rows_by_key.setdefault(key, number)
        if first != number and any(key):
            about = f"Row {first} is about the same {self.model._meta.verbose_name}. Keep one of the two."
            raise ValidationError({self.get_import_id_fields()[0]: about})

    def import_instance(self, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        """Take over every cell. Raises one ValidationError for all that are wrong."""
        errors: dict[str, ValidationError] = {}
        for field in self.get_import_fields():
            try:
                self.import_field(field, instance, row, **kwargs)
            except ValidationError as error:
                errors[field.attribute] = error
        if errors:
            raise ValidationError(errors)

    def import_field(self, field: Field, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        """Take over one cell; one that says what the record has already leaves it to the letter."""
        text = row.get(field.column_name)
        if text is None or _one_line_end(text) == _one_line_end(as_text(field.export(instance))):
            return
        is_left_to_default = not text.strip() and field.widget.field.has_default()
        if instance._state.adding and is_left_to_default:
            return
        field.save(instance, row, **kwargs)

    def validate_instance(self, instance: Model, errors: Any = None, **kwargs: Any) -> None:
        """Hold the record to every rule of its model. Raises ValidationError."""
        try:
            super().validate_instance(instance, errors, **kwargs)
        except ValidationError as error:
            for problems in error.error_dict.values():
                for problem in problems:
                    if problem.code in ("blank", "null", "required"):
                        problem.message = EMPTY
            raise

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether the row says nothing new; a new record always does."""
        is_new = instance._state.adding
        return not is_new and super().skip_row(instance, original, row, import_validation_errors)

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Have the history say where the change is from."""
        instance._change_reason = self.reason

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Leave sequences alone: no row brings a number, and two imports at once could set them back."""


def _of_columns(complaint: str, names: list[str], way_out: str) -> str:
    listed = ", ".join(f"“{name.strip() or 'without a name'}”" for name in names)
    return f"{complaint} {listed}. {way_out}"


def _loose(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
