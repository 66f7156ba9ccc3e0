"""The staff desk: Django's admin, one noun a file."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin

from directory.admin import city, correction, guide, ledger, network, news, partner, people, priority, source

__all__ = [
    "city",
    "correction",
    "guide",
    "ledger",
    "network",
    "news",
    "partner",
    "people",
    "priority",
    "source",
]

admin.site.site_header = f"{settings.SITE_NAME}: staff desk"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "The desk"
admin.site.index_template = "admin/desk/index.html"
admin.site.login = secure_admin_login(admin.site.login)
