"""URLs of a constant answer, as many bytes as the compressed directory has."""

import os

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

BODY = os.urandom(int(os.environ["CONSTANT_BYTES"]))


def constant(request: HttpRequest) -> HttpResponse:
    """Return the same answer every time."""
    return HttpResponse(BODY, headers={"Content-Encoding": "br"})


# The middleware looks up the URL of the admin.
urlpatterns = [path("admin/", admin.site.urls), re_path("", constant)]
