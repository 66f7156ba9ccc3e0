"""Writes what was measured into docs/performance.md, between its two marks."""

import argparse
import datetime
import os
import platform

import django

from benchmarks.runs import CONNECTIONS, FILTERED, PROCESSES, SEARCH, Result
from benchmarks.sites import CONSTANT, ROOT, SITE

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
CONSTANT_CASE = "a constant answer"


def write(results: list[Result], start: dict[str, float], options: argparse.Namespace) -> None:
    """Put the tables in their place."""
    parts = [_head(options)]
    for result in results:
        parts += [f"### {result.database}, {result.size.name}", _cases(result), _besides(result)]
    parts += ["### Start and memory", _start(results, start)]
    measured = "\n\n".join(parts)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")


def _head(options: argparse.Namespace) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{datetime.datetime.now(tz=datetime.UTC).date():%-d %B %Y}, on a machine with {os.cpu_count()} "
        f"processors ({platform.machine()}) and {memory:.0f} GB, Python {platform.python_version()}, Django "
        f"{django.__version__}: `make bench` ({options.rounds} rounds of {options.seconds} seconds a case, "
        f"interleaved, medians; wrk, one connection, one worker)."
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cases(result: Result) -> str:
    constant = result.cases[CONSTANT_CASE]
    rows = [
        [
            name,
            f"{case.p50 / constant.p50:.2f}",
            f"{case.p50 / 1000:.2f}",
            f"{case.p99 / 1000:.2f}",
            f"{case.per_second:,.0f}",
            f"{case.cpu / 1000:.2f}",
        ]
        for name, case in result.cases.items()
    ]
    return _table(["", "times (a)", "p50, ms", "p99, ms", "a second", "CPU, ms"], rows)


def _besides(result: Result) -> str:
    city = next(path for path in result.queries if path.startswith("/cities/") and path.count("/") > 2)  # noqa: PLR2004
    names = {"/cities/": "directory", FILTERED: "filtered", SEARCH: "search", city: "city"}
    first = _table(
        ["First question after a change", "times (a)", "ms", "queries", "bytes, Brotli"],
        [
            [
                name,
                f"{result.first[path] / result.first['constant']:.1f}",
                f"{result.first[path] / 1000:.1f}",
                str(result.queries[path]),
                f"{result.sent_bytes[path]:,}",
            ]
            for path, name in names.items()
        ],
    )
    together = _table(
        [f"{PROCESSES} processes, {CONNECTIONS} connections", "a second", "p50, ms", "p99, ms"],
        [
            [name, f"{case.per_second:,.0f}", f"{case.p50 / 1000:.1f}", f"{case.p99 / 1000:.1f}"]
            for name, case in result.together.items()
        ],
    )
    return f"A kept page costs {result.queries['kept']} query.\n\n{first}\n\n{together}"


def _start(results: list[Result], start: dict[str, float]) -> str:
    rows = [
        [
            "from start to first answer, seconds",
            f"{start[CONSTANT]:.2f}",
            f"{start[SITE]:.2f}",
            f"{start[SITE] / start[CONSTANT]:.2f}",
        ]
    ]
    for result in results:
        if memory := result.memory:
            rows += [
                [
                    f"a worker after {requests} requests over all pages, {result.size.name}, MB",
                    f"{memory[f'constant {part}']:.0f}",
                    f"{memory[f'site {part}']:.0f}",
                    f"{memory[f'site {part}'] / memory[f'constant {part}']:.2f}",
                ]
                for part, requests in (("half", "5,000"), ("all", "10,000"))
            ]
    return _table(["", "constant", "site", "ratio"], rows)
