"""Which Chromium the browser tests drive. `python -m tests.support.chromium` makes sure that there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Superset's pages load a picture from outside. Where no name server answers, each is 15 s in loading.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "Browser tests need Chromium: install it (Debian: apt install chromium; Ubuntu: snap install chromium)"
    " or set KPI_CHROMIUM to the path of a Chromium or Chrome."
)


def find() -> str | None:
    """The path of a Chromium: the named one, else one on the PATH, else Playwright's own."""
    named = os.environ.get("KPI_CHROMIUM")
    if named:
        return shutil.which(named)
    for name in ON_PATH:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def main() -> int:
    if find():
        return 0
    if "KPI_CHROMIUM" not in os.environ:
        print("• Downloading Playwright's Chromium …", flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if said.returncode == 0 and find():
            return 0
    print(f"\n✗ {ADVICE}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
