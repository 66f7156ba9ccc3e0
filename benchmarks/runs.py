"""What is measured on each database: cases at one connection, work at many, starts, and memory."""

import json
import os
import random
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import psycopg
from psycopg import sql

from benchmarks.load import Case, Measured, ask, interleaved
from benchmarks.sites import CONSTANT, ROOT, SITE, Server, environment, manage, running

FILTERED = "/cities/?priority=skills-and-work&nation=england"
SEARCH = "/cities/?q=college"
CONNECTIONS, PROCESSES = 16, 2
REQUESTS, PAGES = 10_000, 2_000
FIRST_QUESTIONS = 15


@dataclass(frozen=True)
class Size:
    """How many places there are."""

    name: str
    number: int


@dataclass
class Result:
    """All that was measured on one database of one size."""

    database: str
    size: Size
    cases: dict[str, Measured]
    sent_bytes: dict[str, int]
    queries: dict[str, int]
    first: dict[str, float]
    together: dict[str, Measured]
    memory: dict[str, float] = field(default_factory=dict)


class Run:
    """One run: a folder for its databases, and how long each case is asked."""

    def __init__(self, folder: Path, rounds: int, seconds: int) -> None:
        self.folder, self.rounds, self.seconds = folder, rounds, seconds
        manage(environment(folder, "sqlite://:memory:"), "collectstatic", "--noinput")
        self._port = 8100

    def port(self) -> int:
        """One that no earlier server of this run had."""
        self._port += 1
        return self._port

    def on_sqlite(self, size: Size) -> Result:
        """Measure on a file."""
        return self._measure("SQLite", size, f"sqlite:///{self.folder / f'{size.number}.sqlite3'}")

    def on_postgresql(self, size: Size, server: str) -> Result:
        """Measure on a database of a server."""
        name = f"places_{size.number}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._measure("PostgreSQL", size, f"{server.rsplit('/', 1)[0]}/{name}")

    def _measure(self, database: str, size: Size, url: str) -> Result:
        sys.stdout.write(f"{database}, {size.name}\n")
        variables = environment(self.folder, url)
        manage(variables, "migrate")
        manage(variables, "make_demo_data", str(size.number))
        with ExitStack() as servers:
            warm = servers.enter_context(running(variables, self.port()))
            miss = servers.enter_context(running(variables | {"PAGE_CACHE_MEGABYTES": "0"}, self.port()))
            city = re.search(r'<h3 class="card__name">.*?href="([^"]+)"', _text(warm, "/cities/"))[1]  # type: ignore[index]
            sent = {path: len(_fetch(warm, path)[1]) for path in ("/cities/", FILTERED, SEARCH, city, "/")}
            variables["CONSTANT_BYTES"] = str(sent["/cities/"])
            constant = servers.enter_context(running(variables, self.port(), CONSTANT))
            cases = interleaved(_cases(size, constant, warm, miss, city), self.rounds, self.seconds)
            first = {path: _first(warm, url, path) for path in ("/cities/", FILTERED, SEARCH, city)}
            first |= {"constant": _first(constant, url, "/")}
        together = self._together(variables)
        queries = _queries(variables, ["/cities/", FILTERED, SEARCH, city])
        result = Result(database, size, cases, sent, queries, first, together)
        if database == "SQLite":
            result.memory = self._memory(variables)
        return result

    def _together(self, variables: dict[str, str]) -> dict[str, Measured]:
        """What two processes answer to many at once."""
        variables = variables | {"WORKERS": str(PROCESSES)}
        found = {}
        for name, application, path, megabytes in (
            ("a constant answer", CONSTANT, "/", "32"),
            ("directory, kept", SITE, "/cities/", "32"),
            ("directory, drawn each time", SITE, "/cities/", "0"),
        ):
            with running(variables | {"PAGE_CACHE_MEGABYTES": megabytes}, self.port(), application) as server:
                found[name] = ask(Case(name, server, path), 2 * self.seconds, CONNECTIONS)
        return found

    def _memory(self, variables: dict[str, str]) -> dict[str, float]:
        """Megabytes of one worker half-way through and after many requests over all pages."""
        found = {}
        for name, application in (("constant", CONSTANT), ("site", SITE)):
            with running(variables, self.port(), application) as server:
                paths = _all_paths(server) if name == "site" else ["/"]
                for part in ("half", "all"):
                    _visit(server, paths, REQUESTS // 2)
                    found[f"{name} {part}"] = server.megabytes()
        return found

    def start_up(self) -> dict[str, float]:
        """Seconds from the start of gunicorn to its first answer: medians, interleaved."""
        variables = environment(self.folder, f"sqlite:///{self.folder / '12.sqlite3'}")
        variables["CONSTANT_BYTES"] = "8000"
        times: dict[str, list[float]] = {CONSTANT: [], SITE: []}
        for _ in range(2 * self.rounds):
            for application, took in times.items():
                began = time.perf_counter()
                with running(variables, self.port(), application) as server:
                    _fetch(server, "/")
                    took.append(time.perf_counter() - began)
        return {application: median(took) for application, took in times.items()}


def _cases(size: Size, constant: Server, warm: Server, miss: Server, city: str) -> list[Case]:
    etag = _fetch(warm, "/cities/")[0]["ETag"]
    unchanged = ("Accept-Encoding: br", f"If-None-Match: {etag}")
    cases = [
        Case("a constant answer", constant, "/"),
        Case("directory, kept", warm, "/cities/"),
        Case("filtered, kept", warm, FILTERED),
        Case("search, kept", warm, SEARCH),
        Case("city, kept", warm, city),
        Case("directory, not modified", warm, "/cities/", unchanged),
        Case("directory, drawn", miss, "/cities/"),
        Case("filtered, drawn", miss, FILTERED),
        Case("search, drawn", miss, SEARCH),
        Case("city, drawn", miss, city),
    ]
    last = size.number // 24
    return [*cases, Case(f"page {last}, drawn", miss, f"/cities/?page={last}")] if last > 1 else cases


def _fetch(server: Server, path: str) -> tuple[dict[str, str], bytes]:
    request = urllib.request.Request(server.address + path, headers={"Accept-Encoding": "br"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return dict(answer.headers), answer.read()


def _text(server: Server, path: str) -> str:
    with urllib.request.urlopen(server.address + path) as answer:  # noqa: S310
        text: str = answer.read().decode()
    return text


def _all_paths(server: Server) -> list[str]:
    """Pages of all kinds, the same every time: those that the sitemap names, and the directory's."""
    pages = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", _text(server, "/sitemap.xml"))
    random.Random(1).shuffle(pages)  # noqa: S311 – the same every time is what is wanted
    return [FILTERED, SEARCH, *pages[:PAGES]]


def _visit(server: Server, paths: list[str], number: int) -> None:
    connection = HTTPConnection(server.address.removeprefix("http://"))
    for request in range(number):
        connection.request("GET", paths[request % len(paths)], headers={"Accept-Encoding": "br"})
        connection.getresponse().read()
    connection.close()


def _first(server: Server, url: str, path: str) -> float:
    """Microseconds of a question that nobody asked since the content changed: the median."""
    connection = HTTPConnection(server.address.removeprefix("http://"))
    times = []
    for _ in range(FIRST_QUESTIONS):
        _move_revision(url)
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        connection.getresponse().read()
        times.append(time.perf_counter() - began)
    return median(times) * 1_000_000


def _move_revision(url: str) -> None:
    statement = "UPDATE directory_revision SET token = "
    if url.startswith("sqlite"):
        import sqlite3  # noqa: PLC0415

        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute(f"{statement} lower(hex(randomblob(16)))")
    else:
        with psycopg.connect(url) as connection:
            connection.execute(f"{statement} gen_random_uuid()")


def _queries(variables: dict[str, str], paths: list[str]) -> dict[str, int]:
    """Queries of each address when it is first drawn, and `kept` for all of them."""
    command = [sys.executable, "-m", "benchmarks.queries", *paths]
    output = subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=os.environ | variables, check=True, capture_output=True, text=True
    ).stdout
    counts = json.loads(output)
    return {path: first for path, (first, _) in counts.items()} | {
        "kept": max(again for _, again in counts.values())
    }
