"""The browser that the tests drive, and pages that fail their test when the plugin's code goes wrong."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright

from tests.support import chromium
from tests.support.processes import children

OURS = "/kpi_tree/static/"
HARMLESS = ("ResizeObserver loop",)


@dataclass
class Watch:
    """Collects what the page threw, and what the plugin's bundle wrote to the console as an error."""

    problems: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("pageerror", self._uncaught)
        page.on("console", self._console)

    def _uncaught(self, error: Error) -> None:
        told = error.stack or error.message
        if not any(word in told for word in HARMLESS):
            self.problems.append(f"uncaught: {told}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and OURS in f"{message.location.get('url', '')} {message.text}":
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")


class Browsers:
    """Headless Chromium for one test after another; started anew where a test has ended it."""

    def __init__(self, playwright: Playwright, path: str) -> None:
        self._playwright, self._path = playwright, path
        self._browser: Browser | None = None

    def running(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            launch = self._playwright.chromium.launch
            self._browser = launch(executable_path=self._path, args=chromium.ARGUMENTS)
        return self._browser

    def close(self) -> None:
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


@contextmanager
def ended_when_hung(seconds: float, tell: Callable[[str], None]) -> Iterator[None]:
    """End this process's browsers where the block takes longer, and tell what they were at.

    Many of Playwright's calls wait without end (`evaluate`, keys, closing a context). With the browser gone
    they raise in the test that hangs, and the next test starts another one.
    """
    timer = threading.Timer(seconds, lambda: tell(_end_browsers()))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end_browsers() -> str:
    """What each process of the browsers was at: its kind, its state, its seconds of CPU."""
    found = [one for one in _descendants(os.getpid()) if "chrom" in _read(one, "comm")]
    told = []
    for process in found:
        state, *rest = _read(process, "stat").rpartition(") ")[2].split()
        kind = re.search(r"--type=([\w-]+)", _read(process, "cmdline"))
        seconds = sum(map(int, rest[10:12])) / os.sysconf("SC_CLK_TCK")
        told.append(f"{kind[1] if kind else 'browser'} {state} {seconds:.0f}s")
    for process in found:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return ", ".join(told) or "no browser runs"


def _descendants(process: int) -> Iterator[int]:
    for child in children(process):
        yield child
        yield from _descendants(child)


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text(errors="replace")
    except OSError:
        return "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
