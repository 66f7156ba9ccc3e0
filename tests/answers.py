"""A process within the site that runs one statement after another, for `tests.servers.ask`."""

import io
import json
import sys
import traceback
from contextlib import redirect_stdout

import django
from django.db import connections


def answer(statement):
    """Run a statement; what it printed, and what went wrong."""
    with redirect_stdout(io.StringIO()) as printed:
        try:
            exec(f"from directory.models import *\n{statement}", {})  # noqa: S102 – the tests' own statements
        except Exception:  # noqa: BLE001 – whatever it is, the test is told
            return "", traceback.format_exc()
        finally:
            connections.close_all()
    return printed.getvalue(), ""


django.setup()
for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
    sys.stdout.flush()
