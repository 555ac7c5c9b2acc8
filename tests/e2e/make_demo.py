"""`make demo` as a person types it, in a checkout of its own, so that nobody's build/demo is touched."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.processes import LOGS, ROOT, background, run

CHECKOUT = ("Makefile", "docker", "migrations", "pyproject.toml", "superset_kpi_plugin", ".venv")
# What the make that runs pytest was told, and the tests' own secret, are not for this one.
ENVIRONMENT = {"MAKEFLAGS": "", "MFLAGS": "", "MAKELEVEL": "0", "KPI_SECRET_KEY": ""}
LOG = "make-demo"


def check_out(folder: Path) -> Path:
    """A checkout of links to this one: the same sources and environment, and a build folder of its own."""
    run("make", "setup", env=ENVIRONMENT)
    for name in CHECKOUT:
        (folder / name).symlink_to(ROOT / name)
    return folder


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class MakeDemo:
    """The demo of one checkout, started and stopped as often as a test likes; what it prints is kept."""

    checkout: Path
    port: int
    said: str = ""
    process: subprocess.Popen[bytes] | None = None
    _running: ExitStack = field(default_factory=ExitStack)

    @property
    def data(self) -> Path:
        return self.checkout / "build" / "demo" / "demo-data" / "kpi_demo.duckdb"

    @property
    def dashboard(self) -> str:
        """The address that it prints, without a name to be looked up (see `live.serve`)."""
        return self._printed(r"Dashboard +(http://localhost:\S+)")[0].replace("localhost", "127.0.0.1", 1)

    @property
    def url(self) -> str:
        return self.dashboard.partition("/superset/")[0]

    @property
    def login(self) -> tuple[str, str]:
        username, password = self._printed(r"Login +(\S+) / (\S+)")
        return username, password

    def start(self, seconds: float = 300) -> float:
        """Type `make demo` and wait until it says where to go; how many seconds that took."""
        started = time.monotonic()
        command = ("make", "demo", f"PORT={self.port}")
        self.process = self._running.enter_context(
            background(LOG, *command, env=ENVIRONMENT, cwd=self.checkout)
        )
        while time.monotonic() < started + seconds:
            self.said = (LOGS / f"{LOG}.log").read_text()
            if re.search(r"Ctrl-C stops it(.|\n)+web\.log\n$", self.said):
                return time.monotonic() - started
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"make demo does not run:\n{self.said}")

    def interrupt(self, seconds: float = 30) -> None:
        """Ctrl-C: the terminal sends SIGINT to everything in front."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(seconds)

    def close(self) -> None:
        self._running.close()

    def _printed(self, pattern: str) -> tuple[str, ...]:
        found = re.search(pattern, self.said)
        assert found, self.said
        return found.groups()
