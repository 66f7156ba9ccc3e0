"""`make bench`: measure everything in one run and write the tables of docs/performance.md."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import load, report
from benchmarks.runs import Run, Size

SIZES = (Size("12 cities", 12), Size("10,000 cities", 10_000))


def main() -> int:
    """Measure what can be measured here, and print what cannot."""
    arguments = argparse.ArgumentParser(prog="make bench")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=2)
    options = arguments.parse_args()
    if not load.is_here():
        sys.stderr.write("wrk is not here: apt-get install wrk.\n")
        return 1
    results = []
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder), options.rounds, options.seconds)
        results += [run.on_sqlite(size) for size in SIZES]
        if server := os.environ.get("DATABASE_URL"):
            results += [run.on_postgresql(size, server) for size in SIZES]
        else:
            sys.stdout.write(
                "Not measured: PostgreSQL. `make bench` starts a server where its programs are installed.\n"
            )
        start, admin = run.start_up(), run.admin_queries()
    report.write(results, start, admin, options)
    return 0


sys.exit(main())
