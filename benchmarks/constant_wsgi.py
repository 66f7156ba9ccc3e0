"""The constant answer in the site's own middleware and log, for gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")
settings.ROOT_URLCONF = "benchmarks.constant"
django_application = get_wsgi_application()

from learningcities.request_log import RequestLog  # noqa: E402 – it asks for the settings

application = RequestLog(django_application)
