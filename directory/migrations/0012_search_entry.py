"""One search entry for each page takes the place of the cities' search text; `migrate` writes them at its end."""

from django.db import migrations, models


def drop_old_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS city_search_text")


def create_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE INDEX search_entry_text ON directory_searchentry USING gin (text gin_trgm_ops)")


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_entry_text")


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_content_version")]

    operations = [
        migrations.RunPython(drop_old_index, migrations.RunPython.noop),
        migrations.RemoveField("city", "search_text"),
        migrations.CreateModel(
            "SearchEntry",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        help_text="The model of the page’s record, for instance “city”.", max_length=40
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                ("title", models.TextField()),
                ("text", models.TextField(help_text="All that the page says, its title included.")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_once_a_page")
                ],
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
