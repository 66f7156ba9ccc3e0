"""The directory app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """The directory of learning cities."""

    name = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Have the content's revision and search texts follow every change."""
        from directory.accounts.events import follow_sign_ins  # noqa: PLC0415
        from directory.models.search_text import follow_changes  # noqa: PLC0415 – models are ready only now
        from directory.revision_triggers import create_triggers  # noqa: PLC0415

        post_migrate.connect(create_triggers, sender=self)
        follow_changes()
        follow_sign_ins()
