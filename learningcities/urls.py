"""The public site, and the admin at /admin/, with its sign-in at /account/."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
    path("account/", include("directory.accounts.urls")),
    path("", include("directory.urls")),
]

handler400 = "directory.views.errors.bad_request"
handler403 = "directory.views.errors.forbidden"
handler404 = "directory.views.errors.not_found"
handler500 = "directory.views.errors.server_error"
