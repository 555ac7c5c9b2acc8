"""What the plugin costs every page of Superset."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tests.e2e.make_demo import ENVIRONMENT
from tests.support.homes import PACKAGE
from tests.support.processes import run

LIMIT = 15_000
STATIC: Path = PACKAGE / "static"
STATIC_IMPORT = re.compile(
    r"""(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{},\s]+?\s*from\s*)?["'](\./[^"']+)["']"""
)


def test_the_entry_and_what_it_imports_are_small() -> None:
    run("make", "setup", env=ENVIRONMENT)
    loaded = {STATIC / "kpi-tree.js"}
    waiting = list(loaded)
    while waiting:
        file = waiting.pop()
        found = {(file.parent / path).resolve() for path in STATIC_IMPORT.findall(file.read_text())} - loaded
        loaded |= found
        waiting += found
    assert len(loaded) > 1, (
        "the shared chunk was not found: does the pattern still fit what the build writes?"
    )
    assert sum(len(gzip.compress(file.read_bytes())) for file in loaded) < LIMIT
