"""The history: every state that a record of the content ever had, who made it, and what changed with it."""

from typing import Any
from uuid import uuid4

from django.db import models
from simple_history import register
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record


class Change(models.Model):
    """What every row of the history has beside the record's own fields."""

    change_set = models.CharField(
        max_length=32, db_index=True, editable=False, help_text="Shared by all that changed in one request."
    )

    class Meta:
        abstract = True


class Records(HistoricalRecords):
    """As the library's, and a relation changed from its far side too: the library takes that for its own."""

    def m2m_changed(self, instance: Any, action: str, pk_set: Any, reverse: bool, **kwargs: Any) -> None:  # noqa: FBT001 – the signal's names
        """Note the new state of the records that have the relation."""
        if not reverse:
            super().m2m_changed(instance=instance, action=action, pk_set=pk_set, reverse=reverse, **kwargs)
        elif action in ("post_add", "post_remove"):
            for record in kwargs["model"]._default_manager.filter(pk__in=pk_set):
                self.create_historical_record(record, "~")


def keep_history(model: type[models.Model]) -> None:
    """Keep every state of a model's records, with their many-to-many relations, from now on."""
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
