"""The site as it is deployed: gunicorn processes on databases of 12 and of 10,000 places."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The site, the constant answer in its middleware, and the constant answer in plain Django (L).
SITE, SITE_CONSTANT = "learningcities.wsgi", "benchmarks.site_constant_wsgi"
PLAIN_CONSTANT = "benchmarks.plain_wsgi"


@dataclass(frozen=True)
class Server:
    """A running gunicorn: its URL, and the process numbers of its workers."""

    url: str
    workers: list[int]

    def cpu_seconds(self) -> float:
        """Return the CPU time that the workers have used so far."""
        ticks = 0
        for worker in self.workers:
            fields = Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Return the resident memory of the first worker."""
        status = Path(f"/proc/{self.workers[0]}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def environment(folder: Path, database_url: str) -> dict[str, str]:
    """Return the settings of a production site, without a certificate."""
    return {
        "PATH": os.environ["PATH"],
        "DEBUG": "false",
        "HTTPS_ONLY": "false",
        "SECRET_KEY": "only-for-this-benchmark",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database_url,
        "STATIC_ROOT": str(folder / "static"),
        "WORKERS": "1",
        "MAX_REQUESTS": "0",
    }


def manage(variables: dict[str, str], *arguments: str) -> None:
    """Run a management command of the site."""
    command = [sys.executable, "manage.py", *arguments, "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def running(variables: dict[str, str], port: int, application: str = SITE) -> Iterator[Server]:
    """Run gunicorn with the configuration of the project."""
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("gunicorn")), application]
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        env=variables | {"BIND": f"127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_live(url)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield Server(url, [int(child) for child in children])
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_live(url: str) -> None:
    """Wait for the first answer. Raise TimeoutError after twenty seconds."""
    for _ in range(4000):
        try:
            urllib.request.urlopen(f"{url}/health/live/").close()  # noqa: S310
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError(f"{url} did not answer within twenty seconds.")
