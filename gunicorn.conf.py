"""How gunicorn serves the site; what differs between machines is read from the environment or `.env`."""

import os
from pathlib import Path
from typing import Any, ClassVar

import environ


class Env(environ.Env):
    """Reads into a copy, so that the site reads `.env` afresh when gunicorn is told to reload."""

    ENVIRON: ClassVar = os.environ.copy()


env = Env()
env.read_env(env.str("ENV_FILE", default=str(Path(__file__).with_name(".env"))))

wsgi_app = "learningcities.wsgi"
bind = env.str("BIND", default="127.0.0.1:8000")
workers = env.int("WORKERS", default=2)
threads = env.int("THREADS", default=4)
# Without it, one of two workers can be left idle while the other holds all kept-alive connections.
reuse_port = True
timeout = env.int("TIMEOUT", default=30)  # seconds until a worker that hangs as a whole is replaced
graceful_timeout = env.int("GRACEFUL_TIMEOUT", default=20)  # seconds to finish what was begun
keepalive = env.int("KEEPALIVE", default=5)
# Each worker is replaced after about this many requests, at different times.
max_requests = env.int("MAX_REQUESTS", default=50_000)
max_requests_jitter = max_requests // 10
# More than any browser sends to this site; what is larger gets 414 or 431.
limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190
# Ignore forwarding headers here; TRUSTED_PROXY in the settings decides.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
worker_tmp_dir = "/dev/shm"  # noqa: S108 – a heartbeat must not wait for a disk
control_socket_disable = True  # signals are enough to steer it, and need no folder to write in
# learningcities.request_log says more, and nothing personal.
accesslog = None


def post_worker_init(worker: Any) -> None:
    """Render one page before the first request, so that no visitor waits while URLs and templates load."""
    from django.conf import settings  # noqa: PLC0415 – only a worker has Django
    from django.db import connections  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    request = RequestFactory().get("/cities/", secure=True, headers={"host": host})
    forwarded = [settings.SECURE_PROXY_SSL_HEADER] if settings.SECURE_PROXY_SSL_HEADER else []
    statuses: list[str] = []
    try:
        b"".join(worker.wsgi(request.environ | dict(forwarded), lambda status, *_: statuses.append(status)))
        if statuses != ["200 OK"]:
            worker.log.error("The warm-up request for /cities/ returned %s.", ", ".join(statuses))
    except Exception:
        # The worker can still serve requests, and reports the error then.
        worker.log.exception("The warm-up request for /cities/ failed.")
    finally:
        # With several threads, requests have connections of their own, and this one would stay open.
        connections.close_all()
