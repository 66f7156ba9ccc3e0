"""Delete personal data of old corrections."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from directory.models import Correction


class Command(BaseCommand):
    """`manage.py delete_personal_data`: run it every day."""

    help = "Delete the e-mail addresses and texts of corrections that were decided, or left open, long ago."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            decided = Correction.objects.decided_long_ago().delete_personal_data()
            left_open = Correction.objects.open_too_long().delete_personal_data()
        self.stdout.write(
            f"Deleted the text and the e-mail address of {decided + left_open} corrections: "
            f"{decided} decided more than {settings.CORRECTION_DAYS} days ago, "
            f"{left_open} open for more than {settings.OPEN_CORRECTION_DAYS} days."
        )
