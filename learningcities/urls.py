"""The public site, and the staff desk at /admin/."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("directory.urls")),
]

handler400 = "directory.views.site.bad_request"
handler403 = "directory.views.site.forbidden"
handler404 = "directory.views.site.not_found"
handler500 = "directory.views.site.server_error"
