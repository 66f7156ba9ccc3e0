"""Search entries get texts to rank by, and new words: `migrate` writes all of them again at its end."""

from django.db import migrations, models


def delete_entries(apps, schema_editor):
    apps.get_model("directory", "SearchEntry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0020_key_fact_at_a_glance")]

    operations = [
        migrations.RunPython(delete_entries, migrations.RunPython.noop),
        migrations.AddField(
            "searchentry",
            "names",
            models.TextField(default="", help_text="Its title and its other names."),
            preserve_default=False,
        ),
        migrations.AddField(
            "searchentry",
            "keywords",
            models.TextField(default="", help_text="Its names, and the priorities and partners that it states."),
            preserve_default=False,
        ),
    ]
