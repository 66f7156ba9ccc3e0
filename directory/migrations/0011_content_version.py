"""The content's revision becomes its version, with a second token for its structure; triggers follow."""

from django.db import migrations, models


def drop_old_triggers(apps, schema_editor):
    """Drop the triggers that name the table before it is renamed; `migrate` creates the new ones at its end."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS directory_new_revision() CASCADE")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'new_revision_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_city_priorities")]

    operations = [
        migrations.RunPython(drop_old_triggers, migrations.RunPython.noop),
        migrations.RemoveConstraint("revision", "revision_one_row"),
        migrations.RenameModel("Revision", "ContentVersion"),
        migrations.RenameField("contentversion", "token", "content"),
        migrations.AddField(
            "contentversion", "structure", models.CharField(max_length=36, default="first"), preserve_default=False
        ),
        migrations.AlterModelOptions("contentversion", {"default_permissions": ()}),
        migrations.AddConstraint(
            "contentversion",
            models.CheckConstraint(condition=models.Q(("pk", 1)), name="content_version_one_row"),
        ),
    ]
