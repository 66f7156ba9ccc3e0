"""Load, made by wrk, and what it and the processes say of it."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from statistics import median

from benchmarks.sites import Server

MICROSECONDS = {"us": 1, "ms": 1_000, "s": 1_000_000}


@dataclass(frozen=True)
class Case:
    """One question, asked of one server again and again."""

    name: str
    server: Server
    path: str
    headers: tuple[str, ...] = ("Accept-Encoding: br",)


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds: times in microseconds."""

    per_second: float
    p50: float
    p99: float
    cpu: float


def ask(case: Case, seconds: int, connections: int = 1) -> Measured:
    """Ask for so many seconds. Raises RuntimeError if any answer was an error."""
    headers = [part for header in case.headers for part in ("-H", header)]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *headers]
    before = case.server.cpu_seconds()
    output = subprocess.run(  # noqa: S603
        [*command, case.server.address + case.path], check=True, capture_output=True, text=True
    ).stdout
    cpu = case.server.cpu_seconds() - before
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"{case.name} ({case.path}):\n{output}")
    requests = int(re.search(r"(\d+) requests in", output)[1])  # type: ignore[index]
    return Measured(
        per_second=float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]),  # type: ignore[index]
        p50=_microseconds("50%", output),
        p99=_microseconds("99%", output),
        cpu=cpu / requests * 1_000_000,
    )


def _microseconds(share: str, output: str) -> float:
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", output).groups()  # type: ignore[union-attr]
    return float(number) * MICROSECONDS[unit]


def interleaved(cases: list[Case], rounds: int, seconds: int) -> dict[str, Measured]:
    """Ask every case in every round, so that whatever else the machine does falls on all alike."""
    found: dict[str, list[Measured]] = {case.name: [] for case in cases}
    for case in cases:
        ask(case, 1)
    for _ in range(rounds):
        for case in cases:
            found[case.name].append(ask(case, seconds))
    return {
        name: Measured(
            *(median(getattr(one, field) for one in measured) for field in Measured.__dataclass_fields__)
        )
        for name, measured in found.items()
    }


def is_here() -> bool:
    """Whether wrk can be run."""
    return shutil.which("wrk") is not None
