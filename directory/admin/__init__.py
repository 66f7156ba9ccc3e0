"""The admin, one module for each kind of record."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin

from directory.admin import (
    city,
    correction,
    former_slug,
    guide,
    load_log,
    network,
    news,
    partner,
    people,
    priority,
    source,
)

__all__ = [
    "city",
    "correction",
    "former_slug",
    "guide",
    "load_log",
    "network",
    "news",
    "partner",
    "people",
    "priority",
    "source",
]

admin.site.site_header = f"{settings.SITE_NAME}: administration"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Administration"
admin.site.login = secure_admin_login(admin.site.login)
