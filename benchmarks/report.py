"""Writes what was measured into docs/performance.md, between its two marks."""

import argparse
import datetime
import os
import platform

import django

from benchmarks.runs import CONNECTIONS, FILTERED, OWN, PROCESSES, SEARCH, L, Result
from benchmarks.sites import ROOT, SITE, SITE_CONSTANT

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
# CPU time in multiples of L, with 12 and with 10,000 cities.
AIMS = {
    "directory, cached": (0.85, 0.85),
    "city, cached": (0.85, 0.85),
    "filtered, not in the page cache": (7, 8),
    "city, not in the page cache": (25, 35),
    "directory, first after a text edit": (30, 50),
    "directory, first after a structural edit": (45, 110),
    "city, first after a text edit": (25, 35),
}
ADMIN_AIMS = {"opening": 30, "saving": 80}
MAX_P99 = 3  # times the constant answer's, for a cached page


def write(
    results: list[Result], start: dict[str, float], admin: dict[str, int], options: argparse.Namespace
) -> None:
    """Replace the tables of the page."""
    parts = [_head(options), "### Aims", _aims(results), _admin(admin), _p99(results)]
    for result in results:
        parts += [f"### {result.name}", _cases(result), _many(result), _sizes(result)]
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
        f"{django.__version__}: {options.rounds} rounds of {options.seconds} seconds a case, interleaved, "
        "medians."
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _aims(results: list[Result]) -> str:
    rows = [
        [
            name,
            f"{few:g} / {many:g}",
            *(f"{result.cases[name].cpu / result.cases[L].cpu:.2f}" for result in results),
        ]
        for name, (few, many) in AIMS.items()
    ]
    return _table(
        ["CPU time, in L", "aim, 12 / 10,000", *(result.name for result in results)],
        rows,
    )


def _admin(counts: dict[str, int]) -> str:
    rows = [[f"{name} Wolverhampton", str(aim), str(counts[name])] for name, aim in ADMIN_AIMS.items()]
    return _table(["Queries in the admin", "aim", "SQLite"], rows)


def _p99(results: list[Result]) -> str:
    rows = [
        [
            result.name,
            f"{result.together[L].p99 / 1000:.1f}",
            f"{result.together['directory, cached'].p99 / 1000:.1f}",
            f"{result.together['directory, cached'].p99 / result.together[L].p99:.2f}",
            str(MAX_P99),
        ]
        for result in results
    ]
    return _table(
        [f"p99, {CONNECTIONS} connections, {PROCESSES} workers", "L, ms", "cached page, ms", "ratio", "aim"],
        rows,
    )


def _cases(result: Result) -> str:
    plain, own = result.cases[L], result.cases[OWN]
    rows = [
        [
            name,
            f"{case.cpu / plain.cpu:.2f}",
            f"{case.cpu / own.cpu:.2f}",
            f"{case.cpu / 1000:.2f}",
            f"{case.p50 / plain.p50:.2f}",
            f"{case.p50 / 1000:.2f}",
            f"{case.p99 / 1000:.2f}",
            f"{case.per_second:,.0f}",
        ]
        for name, case in result.cases.items()
    ]
    head = ["1 worker, 1 connection", "CPU, in L", "CPU, in own constant", "CPU, ms"]
    return _table([*head, "p50, in L", "p50, ms", "p99, ms", "a second"], rows)


def _many(result: Result) -> str:
    rows = [
        [name, f"{case.per_second:,.0f}", f"{case.p50 / 1000:.1f}", f"{case.p99 / 1000:.1f}"]
        for name, case in result.together.items()
    ]
    head = f"{PROCESSES} workers, {CONNECTIONS} connections"
    return _table([head, "a second", "p50, ms", "p99, ms"], rows)


def _sizes(result: Result) -> str:
    names = {"/cities/": "directory", FILTERED: "filtered", SEARCH: "search"}
    rows = [
        [names.get(path, "city"), str(result.queries[path]), f"{size:,}"]
        for path, size in result.sent_bytes.items()
    ]
    table = _table(["Nothing cached", "queries", "bytes, Brotli"], rows)
    return f"{table}\n\nQueries of a cached page: {result.queries['cached']}."


def _start(results: list[Result], start: dict[str, float]) -> str:
    rows = [
        [
            "from start to first answer, seconds",
            f"{start[SITE_CONSTANT]:.2f}",
            f"{start[SITE]:.2f}",
            f"{start[SITE] / start[SITE_CONSTANT]:.2f}",
        ]
    ]
    for result in results:
        if memory := result.memory:
            rows += [
                [
                    f"a worker after {requests} requests for all pages, {result.size.name}, MB",
                    f"{memory[f'constant {part}']:.0f}",
                    f"{memory[f'site {part}']:.0f}",
                    f"{memory[f'site {part}'] / memory[f'constant {part}']:.2f}",
                ]
                for part, requests in (("half", "5,000"), ("all", "10,000"))
            ]
    return _table(["", "own constant", "site", "ratio"], rows)
