"""The directory app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class DirectoryConfig(AppConfig):
    """The directory of learning cities."""

    name = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Connect what follows changes of content, migrations and sign-ins."""
        from directory import search, version_triggers  # noqa: PLC0415 – models are ready only now
        from directory.accounts.signals import connect_signals  # noqa: PLC0415

        pre_migrate.connect(version_triggers.drop_triggers, sender=self)
        post_migrate.connect(version_triggers.create_triggers, sender=self)
        post_migrate.connect(search.fill_if_empty, sender=self)
        search.follow_changes()
        connect_signals()
