"""How events are logged: as JSON for whoever collects them, as plain lines for a developer."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

# What every record has; anything else was given with the event.
_STANDARD = {*vars(logging.makeLogRecord({})), "asctime", "message", "request_id"}
# One encoder for all events: json.dumps would make one for each.
_encode = json.JSONEncoder(default=str).encode


class JsonFormatter(logging.Formatter):
    """Formats an event as one line of JSON, with the fields that were given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields = vars(record)
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "levelname": record.levelname,
            "name": record.name,
            "request_id": fields.get("request_id", ""),
            "message": record.getMessage(),
        }
        event |= {name: value for name, value in fields.items() if name not in _STANDARD}
        if record.exc_info:
            event["exc_info"] = self.formatException(record.exc_info)
        return _encode(event)


def log_settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything from a level on, to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "learningcities.request_log.RequestIdFilter"},
            "refusals": {"()": "learningcities.request_log.RefusalFilter"},
        },
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "json": {"()": "learningcities.log_settings.JsonFormatter"},
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
