"""A small SQLite database with rows that a test can reason about, as a Superset dataset.

Sales of October 2026 up to the 20th: one row a day and region, amount = day of the month in North and twice
that in South; nothing in East. September has one row of 100 a region on its 30th.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support import people

METRICS = {
    "amount": "SUM(amount)",
    "rows": "COUNT(*)",
    "customers": "COUNT(DISTINCT customer)",
    "average": "SUM(amount) * 1.0 / COUNT(*)",
    "empty": "SUM(missing)",
    "text": "MAX(customer)",
    "broken": "SUM(no_such_column)",
    "jinja": "SUM({{ broken(} )",
}


def write(path: Path, table: str = "sales") -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            f"CREATE TABLE {table} (day TIMESTAMP, region TEXT, customer TEXT, amount FLOAT, missing FLOAT)"
        )
        rows = [
            (f"2026-10-{day:02d} 09:30:00", "North", f"n{day % 3}", float(day), None) for day in range(1, 21)
        ]
        rows += [
            (f"2026-10-{day:02d} 09:30:00", "South", f"s{day % 5}", 2.0 * day, None) for day in range(1, 21)
        ]
        rows += [("2026-09-30 00:00:00", region, "old", 100.0, None) for region in ("North", "South")]
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", rows)


def register(path: Path, table: str = "sales") -> str:
    """Make a dataset of the file, inside an app context; its uuid."""
    from superset.connectors.sqla.models import SqlaTable, SqlMetric, TableColumn
    from superset.extensions import db
    from superset.models.core import Database

    database = Database(database_name=f"facts {table}", sqlalchemy_uri=f"sqlite:///{path}")
    db.session.add(database)
    db.session.flush()
    kinds = {"day": "TIMESTAMP", "region": "TEXT", "customer": "TEXT", "amount": "FLOAT", "missing": "FLOAT"}
    dataset = SqlaTable(
        table_name=table,
        database=database,
        main_dttm_col="day",
        columns=[
            TableColumn(column_name=key, type=kind, is_dttm=kind == "TIMESTAMP")
            for key, kind in kinds.items()
        ],
        metrics=[SqlMetric(metric_name=key, expression=sql) for key, sql in METRICS.items()],
    )
    db.session.add(dataset)
    db.session.commit()
    return str(dataset.uuid)


def say(uuid: str, metric: str, **fields: object) -> None:
    """Write more of a saved metric, such as its currency, inside an app context."""
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    dataset = db.session.query(SqlaTable).filter_by(uuid=uuid).one()
    (saved,) = (one for one in dataset.metrics if one.metric_name == metric)
    for name, value in fields.items():
        setattr(saved, name, value)
    db.session.commit()


def sales_and_plan(folder: Path) -> list[str]:
    """Two datasets of the same rows: `sales`, and `plan`, which a reader named half may not read."""
    for table in ("sales", "plan"):
        write(folder / f"{table}.db", table)
    uuids = [register(folder / f"{table}.db", table) for table in ("sales", "plan")]
    people.add_reader("half", uuids[:1])
    return uuids
