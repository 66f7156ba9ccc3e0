"""The records that are in the database, read with one query a model."""

from directory.loading.fixture_files import Key
from directory.models.natural_key import NaturalKeyModel


class StoredRecords:
    """The stored records of each model, by primary key and by natural key."""

    def __init__(self) -> None:
        self._by_pk: dict[type[NaturalKeyModel], dict[int, NaturalKeyModel]] = {}
        self._by_key: dict[type[NaturalKeyModel], dict[Key, NaturalKeyModel]] = {}

    def of(self, model: type[NaturalKeyModel]) -> dict[int, NaturalKeyModel]:
        """Return all records of a model by primary key."""
        if model not in self._by_pk:
            self._by_pk[model] = {record.pk: record for record in _read(model)}
            self._by_key[model] = {record.natural_key(): record for record in self._by_pk[model].values()}
        return self._by_pk[model]

    def find(self, model: type[NaturalKeyModel], key: Key) -> NaturalKeyModel | None:
        """Return the record with this natural key, or None."""
        self.of(model)
        return self._by_key[model].get(key)

    def add(self, record: NaturalKeyModel) -> None:
        """Add a record that was saved after its model was read."""
        self.of(type(record))[record.pk] = record
        self._by_key[type(record)][record.natural_key()] = record


def _read(model: type[NaturalKeyModel]) -> list[NaturalKeyModel]:
    """Return all records with what their natural keys and many-to-many fields need."""
    joined = {lookup.split("__")[0] for lookup in model.natural_key_lookups if "__" in lookup}
    many = [many_to_many.name for many_to_many in model._meta.many_to_many]
    records = model._default_manager.order_by("pk").prefetch_related(*many)
    return list(records.select_related(*joined) if joined else records)
