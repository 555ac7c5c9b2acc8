"""The plugin's tables on SQLite and on PostgreSQL, beside a Superset whose own history stays as it is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import homes
from tests.support.processes import run
from tests.support.servers import Postgres


def observed(env: dict[str, str]) -> dict[str, Any]:
    lines = run(sys.executable, "-m", "tests.support.schema", env=env).splitlines()
    return json.loads(next(line for line in reversed(lines) if line.startswith("{")))


@pytest.fixture
def sqlite_env(tmp_path: Path) -> dict[str, str]:
    return homes.environment(homes.copy(homes.superset_tables(), tmp_path / "home"))


@pytest.fixture
def postgres_env(tmp_path: Path, pg_server: Postgres) -> dict[str, str]:
    env = {**homes.environment(tmp_path), "KPI_METADATA_URI": pg_server.create_database("migrations")}
    run("superset", "db", "upgrade", env=env)
    return env


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_up_down_and_up_again(database: str, request: pytest.FixtureRequest) -> None:
    told = observed(request.getfixturevalue(f"{database}_env"))
    assert told["dialect"] == {"sqlite": "sqlite", "postgres": "postgresql"}[database]
    assert (told["before"]["ours"], told["before"]["revision"]) == ([], None)
    for state in ("up", "up again", "up after down"):
        assert told[state]["ours"] == told["models"], state
        assert told[state]["revision"] == told["head"], state
    assert (told["down"]["ours"], told["down"]["revision"]) == ([], None)
    assert told["trees"] == [["kept", "goal"]] * 3
    assert told["differences"] == []
    assert told["differences after down"] == []
    assert told["before"]["superset"]
    assert len({told[state]["superset"] for state in ("before", "up", "down", "up after down")}) == 1


def test_there_is_one_newest_revision(app_context: object) -> None:
    from alembic.script import ScriptDirectory

    from superset_kpi_plugin.database import alembic_config

    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1
