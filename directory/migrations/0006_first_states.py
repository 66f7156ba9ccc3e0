"""Records that were there before the history began get their first state in it."""

from uuid import uuid4

from django.db import migrations
from django.utils import timezone

MODELS = (
    "City CityPriority CitySection FormerSlug Guide GuideSection KeyFact Membership Network NetworkFeature "
    "NetworkFigure NetworkSection NewsItem Partner Partnership Priority RelatedResource Source"
).split()
RELATIONS = {"CityPriority": ("priorities", "priority"), "NewsItem": ("cities", "city")}


def note_first_states(apps, schema_editor):
    now = timezone.now()
    for name in MODELS:
        model, states = (apps.get_model("directory", label) for label in (name, f"Historical{name}"))
        kept = {field.attname for field in states._meta.concrete_fields}
        fields = [field.attname for field in model._meta.concrete_fields if field.attname in kept]
        rows = [
            states(history_date=now, history_type="+", change_set=uuid4().hex, **row)
            for row in model.objects.exclude(pk__in=states.objects.values("id")).values(*fields).iterator()
        ]
        states.objects.bulk_create(rows, batch_size=500)
        if name in RELATIONS:
            _note_relations(apps, model, states, name)


def _note_relations(apps, model, states, name):
    field, target = RELATIONS[name]
    kept = apps.get_model("directory", f"Historical{name}_{field}")
    own = model._meta.model_name
    number = dict(states.objects.values_list("id", "history_id"))
    through = getattr(model, field).through
    kept.objects.bulk_create(
        (
            kept(id=row.pk, history_id=number[getattr(row, f"{own}_id")], **{f"{own}_id": getattr(row, f"{own}_id"), f"{target}_id": getattr(row, f"{target}_id")})
            for row in through.objects.iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_history_of_former_slugs")]
    operations = [migrations.RunPython(note_first_states, migrations.RunPython.noop)]
