"""Uploaded spreadsheets that wait for confirmation."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

MAX_AGE = timedelta(hours=12)
MAX_NAME_LENGTH = 100


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads."""

    def store(self, file_name: str, **fields: Any) -> "Upload":
        """Create one, with at most the end of its file name, and delete those that are too old."""
        self.filter(uploaded_at__lt=timezone.now() - MAX_AGE).delete()
        return self.create(file_name=file_name[-MAX_NAME_LENGTH:], **fields)


class Upload(models.Model):
    """A file between its preview and its confirmation, for the user who uploaded it.

    It is stored in the database, the only storage that all processes share.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    model = models.CharField(max_length=100)
    file_name = models.CharField(max_length=MAX_NAME_LENGTH)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
