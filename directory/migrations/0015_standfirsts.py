"""A standfirst for every city; published cities and published versions get one from their summary.

The load log follows: otherwise a city that nobody edited would count as edited, and `load_content` would never
bring in the standfirst of its fixture.
"""

import json
from hashlib import sha256

from django.core import serializers
from django.db import migrations, models

MAX_LENGTH = 110
BATCH = 500


def fill(apps, schema_editor):
    """Give every published city a standfirst, and every version of a published city, so that it can be restored."""
    set_standfirsts(apps, lambda record: shortened(record.summary) or f"{record.name} is a learning city.")


def empty(apps, schema_editor):
    """Undo `fill`, before the field is removed."""
    set_standfirsts(apps, lambda record: "")


def shortened(text):
    """Return the text in one line that is not too long: cut after a word, and then with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= MAX_LENGTH:
        return line
    words = line[:MAX_LENGTH].rpartition(" ")[0] or line[: MAX_LENGTH - 1]
    return words.rstrip(" .,;:–—-") + "…"


def set_standfirsts(apps, standfirst_of):
    versions, cities = (apps.get_model("directory", name).objects for name in ("HistoricalCity", "City"))
    for batch in batches(versions):
        for version in batch:
            version.standfirst = standfirst_of(version)
        versions.bulk_update(batch, ["standfirst"])
    entries = apps.get_model("directory", "LoadedRecord").objects
    log = {entry.object_id: entry for entry in entries.filter(model="directory.city")}
    unedited = []
    for batch in batches(cities):
        for city in batch:
            entry = log.get(city.pk)
            is_unedited = entry is not None and entry.stored_digest == digest(city)
            city.standfirst = standfirst_of(city)
            if is_unedited:
                entry.stored_digest = digest(city)
                unedited.append(entry)
        cities.bulk_update(batch, ["standfirst"])
    entries.bulk_update(unedited, ["stored_digest"], BATCH)


def batches(records):
    """Yield the published ones of these records, so many at a time."""
    last = 0
    while batch := list(records.filter(status="published", pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def digest(city):
    """Return what the load log stored of a city when this migration was written.

    Copied from `loading.loader.stored_digest`, because a migration must not follow later changes to it.
    """
    (entry,) = serializers.serialize("python", [city])
    values = {
        name: value
        for name, value in entry["fields"].items()
        if not is_default(city._meta.get_field(name), value)
    }
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def is_default(field, value):
    if not field.editable:
        return True
    return value in (None, "", []) or (field.has_default() and value == field.get_default())


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_plain_labels")]

    operations = [
        migrations.AddField(
            model_name='city',
            name='standfirst',
            field=models.CharField(blank=True, help_text='One line for lists and search engines: what the city wants from learning. At most 110 characters. Required before the city is published.', max_length=110),
        ),
        migrations.AddField(
            model_name='historicalcity',
            name='standfirst',
            field=models.CharField(blank=True, help_text='One line for lists and search engines: what the city wants from learning. At most 110 characters. Required before the city is published.', max_length=110),
        ),
        migrations.RunPython(fill, empty),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('standfirst', ''), _negated=True), _connector='OR'), name='city_published_with_a_standfirst', violation_error_message='A published city needs a standfirst: lists show it. Write one line of at most 110 characters, or save the city as a draft.'),
        ),
    ]
