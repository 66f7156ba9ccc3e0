"""The WSGI application that gunicorn serves."""

import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")

application: Callable[..., Any] = get_wsgi_application()
if not settings.DEBUG:
    from directory.page_cache.application import PageCache
    from directory.page_cache.build import build_of_the_site
    from learningcities.request_log import RequestLog

    application = RequestLog(PageCache(application, build_of_the_site()))
