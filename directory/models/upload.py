"""Files on their way into the directory: looked at, but not yet confirmed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(hours=12)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads."""

    def keep(self, **fields: Any) -> "Upload":
        """Keep one, and forget those that nobody came back for."""
        self.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
        return self.create(**fields)


class Upload(models.Model):
    """A file between its preview and its confirmation, for the one person who uploaded it.

    It is in the database because that is all that the site's processes share: a folder is on one machine,
    and a form field that goes to the browser and back would have to hold some megabytes.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    model = models.CharField(max_length=100)
    file_name = models.CharField(max_length=100)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
