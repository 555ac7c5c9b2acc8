"""One table of rows that grouping could get wrong, in SQLite, DuckDB and PostgreSQL, as Superset datasets.

Text that differs in case, closing spaces or special characters, NULLs in every column, days without rows,
rows at midnight and a second before it, decimals, and metrics whose values over parts cannot be added up.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

TABLE = "facts"
ODD = 'Größe: 50% "x"'
"""A column's name."""
KINDS = [
    *("North", "north", "NORTH", "North ", " North", "Nørth", "Ｎorth", "straße", "STRASSE"),
    *("O'Neil", "''", 'quo"te', "100%", "%", "%%", "%s", "%(x)s", "_"),
    *("a:b", ":x", "::int", "$1", "?", "{{ x }}", "{% y %}", "{#z#}", "a, b", "(a)", "--", ";", "/* */"),
    *("東京", "☃", "é", "e\u0301", "1", "1.0", "true", "None", "nan", "null", "2026-01-01"),
]
SIZES = ["small", "Small", "large", "extra large", "100%", "it's"]
METRICS = {
    "total": "SUM(amount)",
    "rows": "COUNT(*)",
    "people": "COUNT(DISTINCT person)",
    "kinds": "COUNT(DISTINCT kind)",
    "mean": "AVG(weight)",
    "heaviest": "MAX(weight)",
    "biggest": "MAX(amount)",
    "per_person": "SUM(amount) * 1.0 / NULLIF(COUNT(DISTINCT person), 0)",
    "hazard": "SUM(amount) / SUM(CASE WHEN flag THEN 1 ELSE 0 END)",
    "large_amount": "SUM(CASE WHEN level > 2 THEN amount ELSE 0 END)",
    "share": "COUNT(CASE WHEN flag THEN 1 END) * 1.0 / COUNT(*)",
    "Total: 100% of “it's”, in a name that PostgreSQL would cut off after so many characters, number 1": (
        "SUM(weight)"
    ),
    "Total: 100% of “it's”, in a name that PostgreSQL would cut off after so many characters, number 2": (
        "MIN(weight)"
    ),
}
FIRST, LAST = date(2024, 9, 1), date(2026, 10, 20)
"""The days with rows, but for August 2025 and some others."""

Row = tuple[Any, ...]
_COLUMNS = ("happened", "shipped", "kind", ODD, "level", "flag", "amount", "weight", "person")


def rows(seed: int, count: int = 1500) -> list[Row]:
    """The same rows for the same seed."""
    luck = random.Random(seed)
    found = []
    for _ in range(count):
        day = FIRST + timedelta(days=int((LAST - FIRST).days * luck.random()))
        if (day.year, day.month) == (2025, 8) or luck.random() < 0.02:
            happened = None if luck.random() < 0.1 else _moment(luck, luck.choice([LAST, date(2026, 10, 1)]))
        else:
            happened = _moment(luck, day)
        shipped = happened and happened + timedelta(days=luck.randint(0, 40))
        found.append(
            (
                happened,
                None if luck.random() < 0.3 else shipped,
                None if luck.random() < 0.1 else luck.choice(KINDS[:6] if luck.random() < 0.6 else KINDS),
                None if luck.random() < 0.2 else luck.choice(SIZES),
                None if luck.random() < 0.1 else luck.randint(-1, 6),
                None if luck.random() < 0.1 else luck.random() < 0.3,
                None if luck.random() < 0.1 else luck.randint(1, 10**7) / 100,
                None if luck.random() < 0.3 else luck.random() * 10 ** luck.randint(-3, 6),
                luck.randint(1, 60),
            )
        )
    return found


def _moment(luck: random.Random, day: date) -> datetime:
    midnight = datetime(day.year, day.month, day.day)
    seconds = luck.choice([0, 86399, luck.randint(0, 86399)])
    return midnight + timedelta(seconds=seconds)


class Cursor(Protocol):
    def execute(self, sql: str, parameters: Sequence[Any] = ...) -> Any: ...

    def fetchone(self) -> Any: ...


@dataclass
class Facts:
    """The table in one database: where Superset finds it, and a bare driver's connection beside it."""

    engine: str
    uri: str
    cursor: Cursor
    connection: Any = field(repr=False)

    def ask(self, sql: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
        """The one row of a statement with `?` for its parameters; the driver's error where it fails."""
        if self.engine == "postgresql":
            sql = sql.replace("%", "%%").replace("?", "%s")
        self.cursor.execute(sql, list(parameters))
        answer: tuple[Any, ...] = self.cursor.fetchone()
        return answer


def in_sqlite(folder: Path, some: Sequence[Row]) -> Facts:
    path = folder / "facts.db"
    connection = sqlite3.connect(path)
    connection.execute(_create("TIMESTAMP", "TEXT", "BOOLEAN", "NUMERIC(12, 2)", "FLOAT"))
    texts = [tuple(str(cell) if isinstance(cell, datetime) else cell for cell in row) for row in some]
    connection.executemany(f"INSERT INTO {TABLE} VALUES ({', '.join('?' * len(_COLUMNS))})", texts)
    connection.commit()
    return Facts("sqlite", f"sqlite:///{path}", connection.cursor(), connection)


def in_duckdb(folder: Path, some: Sequence[Row]) -> Facts:
    """DuckDB lets a process open a file twice only with the same settings: the driver has a copy."""
    import duckdb

    path = folder / "facts.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute(_create("TIMESTAMP", "VARCHAR", "BOOLEAN", "DECIMAL(12, 2)", "DOUBLE"))
        made.executemany(f"INSERT INTO {TABLE} VALUES ({', '.join('?' * len(_COLUMNS))})", list(some))
    connection = duckdb.connect(shutil.copy(path, folder / "copy.duckdb"), read_only=True)
    return Facts("duckdb", f"duckdb:///{path}", connection, connection)


def in_postgresql(uri: str, some: Sequence[Row]) -> Facts:
    import psycopg2
    from psycopg2.extras import execute_values

    connection = psycopg2.connect(uri.replace("postgresql+psycopg2", "postgresql"))
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(_create("TIMESTAMP", "TEXT", "BOOLEAN", "NUMERIC(12, 2)", "DOUBLE PRECISION"))
    execute_values(cursor, f"INSERT INTO {TABLE} VALUES %s", list(some))
    return Facts("postgresql", uri, cursor, connection)


def quoted(column: str) -> str:
    escaped = column.replace('"', '""')
    return f'"{escaped}"'


def _create(moment: str, text: str, truth: str, decimal: str, number: str) -> str:
    kinds = (moment, moment, text, text, "INTEGER", truth, decimal, number, "INTEGER")
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in zip(_COLUMNS, kinds, strict=True))
    return f"CREATE TABLE {TABLE} ({columns})"


def register(facts: Facts) -> str:
    """Make a dataset of the table as Superset itself would, inside an app context; its uuid."""
    from superset.connectors.sqla.models import SqlaTable, SqlMetric
    from superset.extensions import db
    from superset.models.core import Database

    database = Database(database_name=f"hostile {facts.engine}", sqlalchemy_uri=facts.uri)
    dataset = SqlaTable(table_name=TABLE, database=database)
    db.session.add_all([database, dataset])
    db.session.flush()
    dataset.fetch_metadata()
    dataset.main_dttm_col = "happened"
    dataset.metrics = [SqlMetric(metric_name=name, expression=sql) for name, sql in METRICS.items()]
    db.session.commit()
    return str(dataset.uuid)
