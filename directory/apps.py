"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Learning cities, what they aim at and whom they work with."""

    name = "directory"
    verbose_name = "Directory"
