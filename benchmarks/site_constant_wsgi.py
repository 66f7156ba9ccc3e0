"""The constant answer through the project's own middleware and request log."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")
settings.ROOT_URLCONF = "benchmarks.site_constant"
django_application = get_wsgi_application()

from learningcities.request_log import RequestLog  # noqa: E402 – it needs the settings

application = RequestLog(django_application)
