"""The history: every version of every content record, who saved it, and what changed with it."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import models
from simple_history import register
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Change(models.Model):
    """The field that every historical model has beside those of its record."""

    change_set = models.CharField(
        max_length=32, db_index=True, editable=False, help_text="Shared by all that changed in one request."
    )

    class Meta:
        abstract = True


class Records(HistoricalRecords):
    """As the library's, but a relation changed from its far side is recorded and one loaded raw is not."""

    def post_save(self, instance: Any, **kwargs: Any) -> None:
        """Record a save, unless it is raw: `loaddata` loads the history itself."""
        instance._was_loaded_raw = kwargs.get("raw", False)
        super().post_save(instance, **kwargs)

    def m2m_changed(self, instance: Any, action: str, attr: str, pk_set: Any, **kwargs: Any) -> None:
        """Record the records that have the relation; the library takes a far side for one of them."""
        if getattr(instance, "_was_loaded_raw", False):
            return
        if not kwargs["reverse"]:
            super().m2m_changed(instance, action, attr, pk_set, **kwargs)
            return
        related = kwargs["model"]._default_manager
        if action == "pre_clear":
            instance._cleared_records = list(related.filter(**{attr: instance}))
        elif action == "post_clear":
            self._record_changes(instance.__dict__.pop("_cleared_records"))
        elif action in ("post_add", "post_remove"):
            self._record_changes(related.filter(pk__in=pk_set))

    def _record_changes(self, records: Iterable[Any]) -> None:
        for record in records:
            self.create_historical_record(record, "~")


def keep_history(model: type[models.Model]) -> None:
    """Register a model, with its many-to-many relations, for history."""
    fields = [field for field in model._meta.fields if not field.primary_key]
    register(
        model,
        records_class=Records,
        bases=[Change],
        excluded_fields=[field.name for field in fields if not field.editable],
        m2m_fields=[field.name for field in model._meta.many_to_many],
    )


def _name_change_set(sender: Any, history_instance: Any, **kwargs: Any) -> None:
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        history_instance.change_set = uuid4().hex
        return
    if not hasattr(request, "change_set"):
        request.change_set = uuid4().hex
    history_instance.change_set = request.change_set


pre_create_historical_record.connect(_name_change_set, dispatch_uid="change_set")
