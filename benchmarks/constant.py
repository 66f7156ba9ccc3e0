"""What the site is measured against: the same middleware and log around an answer that is always the same."""

import os
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")

BODY = os.urandom(int(os.environ.get("CONSTANT_BYTES", "8000")))


def constant(request: HttpRequest) -> HttpResponse:
    """As many bytes as the directory has on the wire."""
    return HttpResponse(BODY, headers={"Content-Encoding": "br"})


# The middleware asks where the desk is.
urlpatterns = [path("", constant), path("health/live/", constant), path("admin/", admin.site.urls)]


def application_of_the_benchmark() -> Any:
    """Django with this file's only address."""
    import django  # noqa: PLC0415 – the settings have to be named first

    django.setup(set_prefix=False)
    settings.ROOT_URLCONF = __name__
    from learningcities.request_log import RequestLog  # noqa: PLC0415 – it reads the settings

    return RequestLog(WSGIHandler())


application = application_of_the_benchmark() if os.environ.get("CONSTANT_BYTES") else None
