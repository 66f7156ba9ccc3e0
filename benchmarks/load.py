"""Cases: a request that is repeated on one connection or on many, and what it costs."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median, quantiles
from typing import Protocol

from benchmarks.sites import Server

MICROSECONDS = {"us": 1, "ms": 1_000, "s": 1_000_000}
MAX_SECONDS = 60  # to wait for the first answer of a case
MIN_REQUESTS = 5


@dataclass(frozen=True)
class Measured:
    """Latency and the workers' CPU time per request, in microseconds."""

    per_second: float
    p50: float
    p99: float
    cpu: float


class Case(Protocol):
    """What is measured in every round."""

    @property
    def name(self) -> str: ...

    def measure(self, seconds: int) -> Measured: ...


@dataclass(frozen=True)
class Sequential:
    """Requests one after the other on one connection, perhaps each after an edit of the content."""

    name: str
    server: Server
    path: str
    headers: Mapping[str, str] = field(default_factory=lambda: {"Accept-Encoding": "br"})
    edit: Callable[[], None] | None = None

    def measure(self, seconds: int) -> Measured:
        """Request for that long; return the medians. Raise RuntimeError if an answer is an error."""
        connection = HTTPConnection(self.server.url.removeprefix("http://"))
        times: list[float] = []
        cpu_before = self.server.cpu_seconds()
        began = time.perf_counter()
        while time.perf_counter() - began < seconds or len(times) < MIN_REQUESTS:
            if self.edit:
                self.edit()
            times.append(self._request(connection))
        cpu = (self.server.cpu_seconds() - cpu_before) / len(times) * 1_000_000
        connection.close()
        return Measured(1_000_000 / median(times), median(times), quantiles(times, n=100)[98], cpu)

    def _request(self, connection: HTTPConnection) -> float:
        began = time.perf_counter()
        connection.request("GET", self.path, headers=dict(self.headers))
        response = connection.getresponse()
        response.read()
        if response.status not in (200, 304):
            raise RuntimeError(f"{self.name} ({self.path}): status {response.status}.")
        return (time.perf_counter() - began) * 1_000_000


@dataclass(frozen=True)
class Concurrent:
    """Requests that wrk repeats on many connections."""

    name: str
    server: Server
    path: str
    connections: int

    def measure(self, seconds: int) -> Measured:
        """Return the measurements, over more seconds if there was no answer yet.

        Raise RuntimeError if an answer is an error, or if there is none in a minute.
        """
        cpu_before = self.server.cpu_seconds()
        output = self._wrk(seconds)
        if "Non-2xx" in output or "Socket errors" in output:
            raise RuntimeError(f"{self.name} ({self.path}):\n{output}")
        requests = int(_found(r"(\d+) requests in", output))
        if requests:
            cpu = (self.server.cpu_seconds() - cpu_before) / requests * 1_000_000
            per_second = float(_found(r"Requests/sec:\s+([\d.]+)", output))
            return Measured(per_second, _latency("50%", output), _latency("99%", output), cpu)
        if seconds > MAX_SECONDS:
            raise RuntimeError(f"{self.name} ({self.path}): no answer in {seconds} seconds.")
        return self.measure(2 * seconds)

    def _wrk(self, seconds: int) -> str:
        options = ["-t1", f"-c{self.connections}", f"-d{seconds}s", "--latency"]
        return subprocess.run(  # noqa: S603
            ["wrk", *options, "-H", "Accept-Encoding: br", self.server.url + self.path],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def interleaved(cases: Sequence[Case], rounds: int, seconds: int) -> dict[str, Measured]:
    """Return the medians of all rounds; each round measures every case, so that all see the same machine.

    A round before the first warms up every worker and is not counted.
    """
    for case in cases:
        case.measure(1)
    found = [{case.name: case.measure(seconds) for case in cases} for _ in range(rounds)]
    return {
        case.name: Measured(
            *(median(getattr(one[case.name], name) for one in found) for name in Measured.__annotations__)
        )
        for case in cases
    }


def _latency(share: str, output: str) -> float:
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", output).groups()  # type: ignore[union-attr]
    return float(number) * MICROSECONDS[unit]


def _found(pattern: str, output: str) -> str:
    return re.search(pattern, output)[1]  # type: ignore[index]


def is_here() -> bool:
    """Whether wrk can be run."""
    return shutil.which("wrk") is not None
