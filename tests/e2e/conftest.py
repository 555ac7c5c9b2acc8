"""The browser tests. `page` (admin) and `page_as("gamma")` stand in tests/conftest.py, for other folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.live import LiveServer


@pytest.fixture(autouse=True)
def metadata_as_loaded(live_server: LiveServer, demo_home: Path) -> Iterator[None]:
    """What one browser test writes, the next one does not see."""
    yield
    live_server.restore(demo_home)
