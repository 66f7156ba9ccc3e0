"""What is measured on each database: requests on one connection and on many, queries, memory, starts."""

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

from benchmarks.edits import Edits
from benchmarks.load import Case, Concurrent, Measured, Sequential, interleaved
from benchmarks.sites import PLAIN_CONSTANT, ROOT, SITE, SITE_CONSTANT, Server, environment, manage, running

FILTERED = "/cities/?priority=skills-and-work&nation=england"
SEARCH = "/cities/?q=college"
CONNECTIONS, PROCESSES = 16, 2
REQUESTS, PAGES = 10_000, 2_000
L, OWN = "L: constant answer of 25 KB, plain Django", "constant answer, the project's middleware"


@dataclass(frozen=True)
class Size:
    """How many demo cities there are."""

    name: str
    number: int


@dataclass
class Result:
    """All that was measured on one database of one size."""

    database: str
    size: Size
    cases: dict[str, Measured]
    together: dict[str, Measured]
    sent_bytes: dict[str, int]
    queries: dict[str, int]
    memory: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The heading of its tables."""
        return f"{self.database}, {self.size.name}"


class Run:
    """One run: the folder of its databases, and how often and how long each case is measured."""

    def __init__(self, folder: Path, rounds: int, seconds: int) -> None:
        self.folder, self.rounds, self.seconds = folder, rounds, seconds
        manage(environment(folder, "sqlite://:memory:"), "collectstatic", "--noinput")
        self._port = 8100

    def port(self) -> int:
        """Return a port that no earlier server of this run had."""
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
        with running(variables, self.port()) as server:
            city = re.search(r'<h3 class="card__name">.*?href="([^"]+)"', _text(server, "/cities/"))[1]  # type: ignore[index]
            sent = {path: len(_fetch(server, path)[1]) for path in ("/cities/", FILTERED, SEARCH, city)}
        variables["CONSTANT_BYTES"] = str(sent["/cities/"])
        result = Result(
            database,
            size,
            cases=self._one_connection(variables, size, city),
            together=self._many_connections(variables),
            sent_bytes=sent,
            queries=_queries(variables, list(sent)),
        )
        if database == "SQLite":
            result.memory = self._memory(variables)
        return result

    def _one_connection(self, variables: dict[str, str], size: Size, city: str) -> dict[str, Measured]:
        """Measure the cost of a request: one worker, one connection."""
        with ExitStack() as servers:
            plain, own, warm, uncached = (
                servers.enter_context(running(variables | more, self.port(), application))
                for application, more in (
                    (PLAIN_CONSTANT, {}),
                    (SITE_CONSTANT, {}),
                    (SITE, {}),
                    (SITE, {"PAGE_CACHE_MEGABYTES": "0"}),
                )
            )
            edits = Edits(variables["DATABASE_URL"], city.rstrip("/").rsplit("/", 1)[1])
            cases: list[Case] = [
                Sequential(L, plain, "/"),
                Sequential(OWN, own, "/"),
                *_cached(warm, city),
                *_uncached(uncached, city, size),
                *_after_edits(warm, city, edits),
            ]
            return interleaved(cases, self.rounds, self.seconds)

    def _many_connections(self, variables: dict[str, str]) -> dict[str, Measured]:
        """Measure what two workers answer to many connections at once."""
        with ExitStack() as servers:
            cases = [
                Concurrent(
                    name,
                    servers.enter_context(
                        running(variables | more | {"WORKERS": str(PROCESSES)}, self.port(), application)
                    ),
                    path,
                    CONNECTIONS,
                )
                for name, application, path, more in (
                    (L, PLAIN_CONSTANT, "/", {}),
                    (OWN, SITE_CONSTANT, "/", {}),
                    ("directory, cached", SITE, "/cities/", {}),
                    ("directory, not cached", SITE, "/cities/", {"PAGE_CACHE_MEGABYTES": "0"}),
                )
            ]
            return interleaved(cases, self.rounds, self.seconds)

    def _memory(self, variables: dict[str, str]) -> dict[str, float]:
        """Return the megabytes of one worker half-way through and after many requests for all pages."""
        found = {}
        for name, application in (("constant", SITE_CONSTANT), ("site", SITE)):
            with running(variables, self.port(), application) as server:
                paths = _all_paths(server) if name == "site" else ["/"]
                for part in ("half", "all"):
                    _visit(server, paths, REQUESTS // 2)
                    found[f"{name} {part}"] = server.megabytes()
        return found

    def start_up(self) -> dict[str, float]:
        """Return the seconds from the start of gunicorn to its first answer: medians, interleaved."""
        variables = environment(self.folder, f"sqlite:///{self.folder / '12.sqlite3'}")
        variables["CONSTANT_BYTES"] = "8000"
        times: dict[str, list[float]] = {SITE_CONSTANT: [], SITE: []}
        for _ in range(2 * self.rounds):
            for application, took in times.items():
                began = time.perf_counter()
                with running(variables, self.port(), application) as server:
                    _fetch(server, "/")
                    took.append(time.perf_counter() - began)
        return {application: median(took) for application, took in times.items()}

    def admin_queries(self) -> dict[str, int]:
        """Return the number of queries of opening and of saving Wolverhampton in the admin."""
        variables = environment(self.folder, f"sqlite:///{self.folder / 'content.sqlite3'}")
        variables["REQUIRE_SECOND_FACTOR"] = "false"
        manage(variables, "prepare")
        counts: dict[str, int] = _json(variables, "benchmarks.admin_queries")
        return counts


def _cached(server: Server, city: str) -> list[Case]:
    etag = _fetch(server, "/cities/")[0]["ETag"]
    return [
        Sequential("directory, cached", server, "/cities/"),
        Sequential("filtered, cached", server, FILTERED),
        Sequential("search, cached", server, SEARCH),
        Sequential("city, cached", server, city),
        Sequential(
            "directory, not modified",
            server,
            "/cities/",
            {"Accept-Encoding": "br", "If-None-Match": etag},
        ),
    ]


def _uncached(server: Server, city: str, size: Size) -> list[Case]:
    last = size.number // 24
    paths = {"directory": "/cities/", "filtered": FILTERED, "search": SEARCH, "city": city}
    paths |= {f"page {last}": f"/cities/?page={last}"} if last > 1 else {}
    return [Sequential(f"{name}, not in the page cache", server, path) for name, path in paths.items()]


def _after_edits(server: Server, city: str, edits: Edits) -> list[Case]:
    return [
        Sequential("directory, first after a text edit", server, "/cities/", edit=edits.text),
        Sequential("directory, first after a structural edit", server, "/cities/", edit=edits.structure),
        Sequential("filtered, first after a text edit", server, FILTERED, edit=edits.text),
        Sequential("search, first after a text edit", server, SEARCH, edit=edits.text),
        Sequential("city, first after a text edit", server, city, edit=edits.text),
    ]


def _fetch(server: Server, path: str) -> tuple[dict[str, str], bytes]:
    request = urllib.request.Request(server.url + path, headers={"Accept-Encoding": "br"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return dict(answer.headers), answer.read()


def _text(server: Server, path: str) -> str:
    with urllib.request.urlopen(server.url + path) as answer:  # noqa: S310
        text: str = answer.read().decode()
    return text


def _all_paths(server: Server) -> list[str]:
    """Return pages of all kinds, the same every time: some of the sitemap, and the directory's."""
    pages = re.findall(r"<loc>http://[^/]+([^<]+)</loc>", _text(server, "/sitemap.xml"))
    random.Random(1).shuffle(pages)  # noqa: S311 – the same every time is what is wanted
    return [FILTERED, SEARCH, *pages[:PAGES]]


def _visit(server: Server, paths: list[str], number: int) -> None:
    connection = HTTPConnection(server.url.removeprefix("http://"))
    for request in range(number):
        connection.request("GET", paths[request % len(paths)], headers={"Accept-Encoding": "br"})
        connection.getresponse().read()
    connection.close()


def _queries(variables: dict[str, str], paths: list[str]) -> dict[str, int]:
    """Return the queries of each path when nothing is cached, and as `cached` when its page is."""
    counts = _json(variables, "benchmarks.queries", *paths)
    return {path: first for path, (first, _) in counts.items()} | {
        "cached": max(again for _, again in counts.values())
    }


def _json(variables: dict[str, str], module: str, *arguments: str) -> dict:
    """Run a module of its own process, and return what it printed last."""
    output = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | variables | {"LOG_LEVEL": "WARNING"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    found: dict = json.loads(output.splitlines()[-1])
    return found
