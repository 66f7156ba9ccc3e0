"""`make mutants MODULE=…`: changes a module a little, many times, and says which changes no test notices.

The tests are run once as they are, which tells which of them call which function. Then each change is tried
with those, in a fork that has Django and the database in memory already. No file is written.
"""

import argparse
import gc
import os
import signal
import sys
import time
from collections import defaultdict
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType, FunctionType, SimpleNamespace

import pytest

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
SURVIVED = 1 << 8  # as os.waitpid tells of a child that ended with 1
SLOW = "browser or validator or postgresql or production"


def main() -> int:
    """Read what was asked for, and run the tests of it."""
    asked = argparse.ArgumentParser(prog="make mutants")
    asked.add_argument("module", type=Path)
    asked.add_argument("--tests", nargs="*", default=[], help="by default the folder of the module's tests")
    asked.add_argument("--limit", type=int, default=100, help="how many changes at most, spread evenly")
    asked.add_argument("--seconds", type=int, default=600, help="after which no other change is begun")
    options = asked.parse_args()
    tests = options.tests or [_mirrored(options.module)]
    trial = Trial(ROOT / options.module, options.limit, options.seconds)
    quiet = ["--capture=no", "-m", f"not ({SLOW})"]
    with TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        pytest.main([*quiet, *tests], plugins=[trial])
    return trial.status


def _mirrored(module: Path) -> str:
    """The folder of tests that mirrors a module's; or the file of its own, for a module of the app itself."""
    folder = Path("tests", *module.parent.parts[1:])
    return str(folder if len(folder.parts) > 1 else folder / f"test_{module.name}")


class Trial:
    """A plugin of pytest that runs the collected tests again for every mutant."""

    def __init__(self, path: Path, limit: int, seconds: int) -> None:
        self.path, self.limit, self.seconds = path, limit, seconds
        self.status, self.is_trying, self.calls, self.caches = 1, False, defaultdict(list), []
        self.output = os.fdopen(os.dup(1), "w")
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)

    def say(self, line: str) -> None:
        """Print, whatever became of the standard output."""
        print(line, file=self.output, flush=True)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Show what fails without a mutant."""
        if report.failed and not self.is_trying:
            self.say(report.longreprtext)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant, unless a test fails without any."""
        began = time.monotonic()
        self.caches = [each for each in gc.get_objects() if _is_cache_of(each, str(self.path))]
        if session.testsfailed or not session.items or not self.run(session, session.items, watched=True):
            self.say("A test fails already, or there is none: nothing was tried.")
            return True
        once = time.monotonic() - began
        source = self.path.read_text()
        unchanged = Mutant(0, 0, "", compile(source, str(self.path), "exec"))
        calling = [test for test in session.items if any(test in tests for tests in self.calls.values())]
        if calling and self.is_noticed(session, unchanged, calling, patience=int(10 + 5 * once)):
            self.say("A test fails when it is run a second time: nothing was tried.")
            return True
        every = list(mutants(source, str(self.path)))
        chosen = every[:: max(1, -(-len(every) // self.limit))]
        self.say(f"{len(chosen)} of {len(every)} changes, {len(session.items)} tests of {once:.0f} seconds.")
        self.try_all(session, chosen, patience=int(10 + 5 * once))
        return True

    def try_all(self, session: pytest.Session, chosen: list[Mutant], *, patience: int) -> None:
        """Try these mutants for as long as there is time, and say what came of it."""
        began, noticed, tried, self.is_trying = time.monotonic(), 0, 0, True
        for mutant in chosen:
            if time.monotonic() - began > self.seconds:
                self.say(f"Not tried, for want of time: {len(chosen) - tried}.")
                break
            tests = self.calls[mutant.function]
            is_noticed = bool(tests) and self.is_noticed(session, mutant, tests, patience)
            tried, noticed = tried + 1, noticed + is_noticed
            if not is_noticed:
                self.say(f"{'not noticed' if tests else 'never run'}, line {mutant.line}: {mutant.text}")
        each = (time.monotonic() - began) / max(1, tried)
        self.say(f"{self.path.relative_to(ROOT)}: {noticed} / {tried} noticed, {each:.1f} seconds each.")
        self.status = 0

    def is_noticed(
        self, session: pytest.Session, mutant: Mutant, tests: list[pytest.Item], patience: int
    ) -> bool:
        """Whether a test fails, or hangs, with a mutant in force."""
        if (child := os.fork()) == 0:
            try:
                signal.alarm(patience)
                _put_in_force(mutant.code, str(self.path))
                os._exit(self.run(session, tests))
            finally:
                os._exit(0)
        return os.waitpid(child, 0)[1] != SURVIVED

    def run(self, session: pytest.Session, tests: list[pytest.Item], *, watched: bool = False) -> bool:
        """Run tests until one fails; what the session has, its database above all, stays for the next run."""
        last = SimpleNamespace(listchain=lambda: [session])
        for test, following in zip(tests, [*tests[1:], last], strict=True):
            for cached in self.caches:  # or it would return what it did without the mutant
                cached.cache_clear()
            called: set[int] = set()
            sys.setprofile(partial(_watch, called, str(self.path)) if watched else None)
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            sys.setprofile(None)
            for function in called:
                self.calls[function].append(test)
            if session.testsfailed:
                return False
        return True


def _is_cache_of(thing: object, path: str) -> bool:
    """Return whether it is a function of the module that caches what it returns."""
    # Not isinstance, which asks a lazy object what it stands for.
    return type(thing) is _lru_cache_wrapper and thing.__wrapped__.__globals__.get("__file__") == path


def _watch(called: set[int], path: str, frame: FrameType, event: str, argument: object) -> None:
    """Note the first lines of the module's functions that are called."""
    if event == "call" and frame.f_code.co_filename == path:
        called.add(frame.f_code.co_firstlineno)


def _put_in_force(code: CodeType, path: str) -> None:
    """Give every function of the module its new code, wherever it was imported to."""
    changed = {(inner.co_qualname, inner.co_firstlineno): inner for inner in _codes(code)}
    for function in gc.get_objects():
        if type(function) is FunctionType and function.__code__.co_filename == path:
            old = function.__code__
            new = changed[old.co_qualname, old.co_firstlineno]
            if new.co_freevars == old.co_freevars:
                function.__code__ = new


def _codes(code: CodeType) -> list[CodeType]:
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return [code, *(deeper for one in inner for deeper in _codes(one))]


sys.exit(main())
