"""What is measured: Superset under gunicorn with Redis, and two warehouses with their datasets and trees."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.bench import trees
from tests.bench.data import FACTS, METRICS, TIME, Fact, table_name
from tests.bench.http import Browser, Connection, log_in, send
from tests.support import homes
from tests.support.processes import ROOT, START, background, free_port, run, wait_for_http
from tests.support.servers import Postgres, redis

WORKERS, THREADS = 2, 4
FOLDER = ROOT / "build" / "bench"
SQL_RECORD = FOLDER / "sql.jsonl"
CONFIG = Path(__file__).with_name("superset_config.py")
SCHEMAS = {"postgresql": "public", "duckdb": "main"}
TITLES = {"postgresql": "PostgreSQL", "duckdb": "DuckDB", "sqlite": "SQLite"}


@dataclass(frozen=True)
class Dataset:
    fact: Fact
    id: int
    uuid: str
    table: str


@dataclass(frozen=True)
class Warehouse:
    """A database as Superset knows it. Its trees' slugs are `<kind of tree>-<name of the warehouse>`."""

    name: str
    datasets: tuple[Dataset, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name]

    def evaluate_path(self, tree: str) -> str:
        return f"/api/v1/kpi_tree/{tree}-{self.name}/evaluate"


@dataclass(frozen=True)
class Stand:
    """A running Superset with everything in it, and somebody who is logged in."""

    metadata: str
    url: str
    session: requests.Session
    warehouses: tuple[Warehouse, ...]

    @property
    def title(self) -> str:
        return f"{TITLES[self.metadata]} metadata"

    def connection(self) -> Connection:
        return Connection(self.url, self.session)

    def browser(self) -> Browser:
        return Browser(self.url, self.session)


@contextmanager
def stand(metadata: str, warehouses: dict[str, str], pg: Postgres) -> Iterator[Stand]:
    """Serve Superset with SQLite or PostgreSQL as metadata database; `warehouses` are URIs by name."""
    home = FOLDER / f"home-{metadata}"
    shutil.rmtree(home, ignore_errors=True)
    env = prepare(metadata, home, pg)
    with redis() as cache:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        env |= {"KPI_REDIS_URL": cache.url, "PORT": str(port), "SUPERSET_CONFIG_PATH": str(CONFIG)}
        env |= {"KPI_WORKERS": str(WORKERS), "KPI_THREADS": str(THREADS), "KPI_BENCH_SQL": str(SQL_RECORD)}
        name = f"bench-{metadata}"
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", ROOT / "docker" / "gunicorn.conf.py"]
        with background(name, *gunicorn, env=env, cwd=home) as process:
            wait_for_http(f"{url}/health", process, name)
            session = log_in(url, "admin", "admin")
            furnished = tuple(_furnish(url, session, *item) for item in warehouses.items())
            yield Stand(metadata, url, session, furnished)


def prepare(metadata: str, home: Path, pg: Postgres) -> dict[str, str]:
    """The environment of a Superset whose tables, roles and administrator are there."""
    env = homes.environment(home)
    if metadata == "sqlite":
        homes.copy(homes.template(demo=False), home)
        return env
    env["KPI_METADATA_URI"] = pg.create_database("metadata")
    run(START, "init", env={**env, "KPI_ADMIN_USERNAME": "admin", "KPI_ADMIN_PASSWORD": "admin"})
    return env


def _furnish(url: str, session: requests.Session, name: str, uri: str) -> Warehouse:
    """Make the database, its datasets with their saved metrics, and the trees, through the REST API."""

    def call(method: str, path: str, body: object = None) -> dict[str, object]:
        answer: dict[str, object] = send(session, method, f"{url}/api/v1/{path}", body)
        return answer

    database = call("POST", "database/", {"database_name": name, "sqlalchemy_uri": uri})
    datasets = tuple(_dataset(call, name, database["id"], fact) for fact in FACTS)
    uuids = {dataset.fact.name: dataset.uuid for dataset in datasets}
    for document in (
        trees.forty(f"quarterly-{name}", "quarter", uuids),
        trees.forty(f"monthly-{name}", "month", uuids),
        trees.thousand(f"filtered-{name}", datasets[0].uuid),
    ):
        call("POST", "kpi_tree/", document)
    return Warehouse(name, datasets)


def _dataset(call: Callable[..., dict], warehouse: str, database: object, fact: Fact) -> Dataset:  # type: ignore[type-arg]
    table = table_name(warehouse, fact)
    made = call("POST", "dataset/", {"database": database, "schema": SCHEMAS[warehouse], "table_name": table})
    metrics = [{"metric_name": name, "expression": METRICS[name]} for name in fact.metrics]
    call("PUT", f"dataset/{made['id']}", {"main_dttm_col": TIME, "metrics": metrics})
    known = call("GET", f"dataset/{made['id']}")["result"]
    return Dataset(fact, made["id"], known["uuid"], table)
