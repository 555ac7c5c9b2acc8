"""The browser tests. `page` (admin) and `page_as("gamma")` stand in tests/conftest.py, for other folders."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import LiveServer


@pytest.fixture(autouse=True)
def metadata_as_loaded(live_server: LiveServer) -> Iterator[None]:
    """What one browser test writes, the next one does not see."""
    yield
    live_server.restore()
