"""The staff desk: Django's admin, one noun a file."""

from django.conf import settings
from django.contrib import admin

from directory.admin import city, correction, guide, ledger, network, news, partner, priority, source

__all__ = ["city", "correction", "guide", "ledger", "network", "news", "partner", "priority", "source"]

admin.site.site_header = f"{settings.SITE_NAME}: staff desk"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Content"
