"""Superset behind a port, as start.sh web serves it, and people who come in through the login form."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support import homes
from tests.support.processes import LOGS, ROOT, START, background, children, free_port, wait_for_http

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState


@dataclass(frozen=True)
class LiveServer:
    url: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path
    _logins: dict[str, StorageState] = field(default_factory=dict, repr=False)

    def restore(self, template: Path) -> None:
        """Undo what was written to the metadata since `template` was copied.

        :raises TimeoutError: the server keeps them locked; what its threads did is told, and it starts anew
        """
        try:
            homes.restore_metadata(template, self.home)
        except TimeoutError as ex:
            raise TimeoutError(f"{ex}\n{self.threads()}") from None

    def threads(self) -> str:
        """Where each thread of the workers stands. It ends them; gunicorn starts others."""
        before = self.log.stat().st_size
        for worker in children(self.process.pid):
            os.kill(worker, signal.SIGSEGV)  # what faulthandler answers and gunicorn does not
        time.sleep(2)
        return self.log.read_text(errors="replace")[before:]

    def login(self, browser: Browser, username: str, password: str | None = None) -> StorageState:
        """The browser state of a person who sent the login form; once per person."""
        if username not in self._logins:
            context = browser.new_context(base_url=self.url)
            form = context.request.get("/login/").text()
            token = re.search(r'id="csrf_token"\s+value="([^"]+)"', form)
            assert token, form
            fields = {"username": username, "password": password or username, "csrf_token": token[1]}
            context.request.post("/login/", form=fields)
            assert context.request.get("/api/v1/me/").ok, f"{username} cannot log in"
            self._logins[username] = context.storage_state()
            context.close()
        return self._logins[username]


@contextmanager
def serve(name: str, home: Path, config: Path | None = None, **environment: Any) -> Iterator[LiveServer]:
    """Serve `home`, by docker's configuration or the one that is named; the log is build/logs/<name>.log."""
    port = free_port()
    # Not localhost: Playwright asks a name server for its IPv6 address, and waits where none answers.
    url = f"http://127.0.0.1:{port}"
    env = {
        **homes.environment(home),
        "PORT": str(port),
        "KPI_WORKERS": "1",
        "PYTHONFAULTHANDLER": "1",
        **environment,
    }
    command: list[str | Path] = [START, "web"]
    if config:
        env["SUPERSET_CONFIG_PATH"] = str(config)
        command = [sys.executable, "-m", "gunicorn", "--config", ROOT / "docker" / "gunicorn.conf.py"]
    with background(name, *command, env=env, cwd=home if config else None) as process:
        wait_for_http(f"{url}/health", process, name)
        yield LiveServer(url, home, process, LOGS / f"{name}.log")
