"""How events are written: JSON for whoever collects them, lines for a developer."""

import sys
from typing import Any


def log_settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Everything to standard error, from a level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "learningcities.request_log.RequestIdFilter"},
            "refusals": {"()": "learningcities.request_log.RefusalFilter"},
        },
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime}{levelname}{name}{request_id}{message}",
                "style": "{",
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": sys.stderr,
                "formatter": "json" if as_json else "line",
                "filters": ["request_id", "refusals"],
            }
        },
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "axes": {"level": "ERROR"},  # below it are names and IP addresses; see directory.accounts
            "fido2": {"level": "WARNING"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
