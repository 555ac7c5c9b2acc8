"""`make bench`: measures, prints the table, writes build/bench.json; ends with 1 where a row misses."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack

from tests.bench import machine, table
from tests.bench.data import FACTS, fill_duckdb, fill_postgres, table_name
from tests.bench.rows import SECTIONS, WITH_POSTGRES_METADATA, Bench
from tests.bench.sql import Database, open_duckdb, open_postgres
from tests.bench.stand import FOLDER, SQL_RECORD, stand
from tests.bench.table import Row
from tests.support.processes import ROOT
from tests.support.servers import Postgres, postgres

OTHERS = {
    "rollup": "tests.bench.rollup",
    "frontend": "tests.bench.frontend",
}  # measure(runs) gives their rows
RESULT = ROOT / "build" / "bench.json"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    rows: list[Row] = []
    told = machine.describe()
    wanted = [name for name in SECTIONS if name in options.only]
    with ExitStack() as stack:
        if wanted:
            pg = stack.enter_context(postgres())
            databases = _warehouses(stack, pg)
            told |= machine.describe_servers(pg)
            for metadata in options.metadata:
                some = [name for name in wanted if metadata == "sqlite" or name in WITH_POSTGRES_METADATA]
                rows += _measure(metadata, some, databases, pg, options) if some else []
    for name, module in OTHERS.items():
        if name in options.only and importlib.util.find_spec(module):
            say(f"{name} …")
            rows += [table.row_of(row) for row in importlib.import_module(module).measure(options.runs)]
    print("\n" + "\n".join(f"{name}: {value}" for name, value in told.items()) + "\n")
    print(table.render(rows))
    table.write(rows, told, RESULT)
    missed = sum(row.missed for row in rows)
    print(f"\n{missed} of {sum(row.required is not None for row in rows)} requirements missed; {RESULT}")
    return 1 if missed else 0


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    sections = [*SECTIONS, *OTHERS]
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="rounds of each comparison")
    parser.add_argument("--only", nargs="+", choices=sections, default=sections)
    parser.add_argument(
        "--warehouse", nargs="+", choices=["postgresql", "duckdb"], default=["postgresql", "duckdb"]
    )
    parser.add_argument(
        "--metadata", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    return parser.parse_args(arguments)


def _warehouses(stack: ExitStack, pg: Postgres) -> dict[str, tuple[str, Database]]:
    """Both databases filled: the URI that Superset gets, and a way past it, by name."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    SQL_RECORD.unlink(missing_ok=True)
    file = FOLDER / "facts.duckdb"
    tables = {name: [table_name(name, fact) for fact in FACTS] for name in ("postgresql", "duckdb")}
    say(f"{sum(fact.rows for fact in FACTS):,} rows in PostgreSQL …")
    uri = pg.create_database("warehouse")
    fill_postgres(pg.socket_dir, "warehouse")
    say("the same in DuckDB …")
    fill_duckdb(file)
    bare = stack.enter_context(open_postgres(pg.socket_dir, "warehouse", tables["postgresql"]))
    duck = stack.enter_context(open_duckdb(file, SQL_RECORD, tables["duckdb"]))
    return {"postgresql": (uri, bare), "duckdb": (f"duckdb:///{file}?access_mode=read_only", duck)}


def _measure(
    metadata: str,
    sections: Sequence[str],
    databases: dict[str, tuple[str, Database]],
    pg: Postgres,
    options: argparse.Namespace,
) -> list[Row]:
    rows: list[Row] = []
    say(f"Superset with its metadata in {metadata} …")
    uris = {name: uri for name, (uri, _) in databases.items()}
    with stand(metadata, uris, pg) as running:
        for section in sections:
            for warehouse in running.warehouses:
                if warehouse.name in options.warehouse:
                    say(f"{section}, {warehouse.title}, {running.title} …")
                    database = databases[warehouse.name][1]
                    measured = SECTIONS[section](Bench(running, warehouse, database, options.runs))
                    print(table.render(measured, headings=False), flush=True)
                    rows += measured
    return rows


if __name__ == "__main__":
    sys.exit(main())
