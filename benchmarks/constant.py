"""What the site is measured against: an answer that is always the same, as many bytes as the directory's."""

import os

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = os.urandom(int(os.environ["CONSTANT_BYTES"]))


def constant(request: HttpRequest) -> HttpResponse:
    """The same every time."""
    return HttpResponse(BODY, headers={"Content-Encoding": "br"})


# The middleware asks where the desk is.
urlpatterns = [path("", constant), path("health/live/", constant), path("admin/", admin.site.urls)]
