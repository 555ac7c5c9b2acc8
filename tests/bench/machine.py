"""On what the numbers were measured."""

from __future__ import annotations

import os
import platform
from contextlib import closing
from importlib.metadata import version

from tests.bench.stand import THREADS, WORKERS
from tests.support.servers import Postgres


def describe() -> dict[str, str]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "Machine": f"{cores} cores, {platform.machine()}, {platform.system()}",
        "Python": platform.python_version(),
        "Superset": f"{version('apache-superset')}, gunicorn {WORKERS} workers × {THREADS} threads",
        "DuckDB": version("duckdb"),
    }


def describe_servers(pg: Postgres) -> dict[str, str]:
    import psycopg2

    with closing(psycopg2.connect(host=pg.socket_dir, user="postgres")) as connection:
        return {"PostgreSQL": connection.info.parameter_status("server_version")}
