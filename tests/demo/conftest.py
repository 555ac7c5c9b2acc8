"""One generated file for all tests of the demo's rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from superset_kpi_plugin.demo.rows import generate

UNTIL = date(2026, 10, 20)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo-rows") / "kpi_demo.duckdb"
    generate(path, UNTIL)
    return path


@pytest.fixture(scope="session")
def rows(demo_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(demo_file), read_only=True) as connection:
        yield connection
