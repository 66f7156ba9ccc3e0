"""The directory app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Learning cities, what they aim at and whom they work with."""

    name = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Have the database move the content's revision by itself."""
        from directory.revision_triggers import create_triggers  # noqa: PLC0415 – models are ready only now

        post_migrate.connect(create_triggers, sender=self)
