"""Two million rows over 24 months in three tables, and the forty metrics that are read from them.

Every value is arithmetic over the row's number, in SQL that PostgreSQL and DuckDB both understand: every run
has the same rows, in both of them.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

REGIONS = 20
CHANNELS = 10
DAYS = 730  # 2024-11-01 to 2026-10-31
AS_OF = "2026-11-01"
TIME = "happened_at"

SUMS = {
    "revenue": "SUM(amount)",
    "spend": "SUM(cost)",
    "units": "SUM(quantity)",
    "rebates": "SUM(discount)",
    "conversions": "SUM(converted)",
    "complaints": "SUM(complained)",
}
DISTINCT = {
    "customers": "COUNT(DISTINCT customer_id)",
    "products": "COUNT(DISTINCT product_id)",
}
RATIOS = {
    "conversion_rate": "SUM(converted) * 1.0 / COUNT(*)",
    "average_amount": "SUM(amount) / COUNT(*)",
    "revenue_per_customer": "SUM(amount) / COUNT(DISTINCT customer_id)",
    "return_on_spend": "SUM(amount) / NULLIF(SUM(cost), 0)",
    "cost_per_unit": "SUM(cost) / NULLIF(SUM(quantity), 0)",
    "complaint_rate": "SUM(complained) * 1.0 / NULLIF(SUM(converted), 0)",
}
METRICS = {**SUMS, **DISTINCT, **RATIOS}
FILTERED = ("revenue", "units", "customers", "conversion_rate", "average_amount")


@dataclass(frozen=True)
class Fact:
    """One table, and the saved metrics of its dataset."""

    name: str
    rows: int
    metrics: tuple[str, ...]


FACTS = (
    Fact("visits", 1_000_000, tuple(METRICS)),
    Fact("orders", 600_000, tuple(METRICS)[:13]),
    Fact("messages", 400_000, tuple(METRICS)[:13]),
)


def table_name(warehouse: str, fact: Fact) -> str:
    """Superset with SQLite metadata wants table names that are unique across databases."""
    return f"{warehouse}_{fact.name}"


def rows_of(fact: Fact) -> str:
    """A SELECT of the rows of `fact`, oldest first. 2654435761 is Knuth's multiplicative hash."""
    return f"""
        SELECT
            i AS id,
            TIMESTAMP '2024-11-01 00:00:00'
                + CAST(floor(i * {DAYS * 86400.0} / {fact.rows}) AS BIGINT) * INTERVAL '1 second' AS {TIME},
            'region ' || (h % {REGIONS}) AS region,
            'channel ' || ((h >> 8) % {CHANNELS}) AS channel,
            CAST(((h * 40503) >> 4) % 50000 AS INTEGER) AS customer_id,
            CAST((h * 9973) % 400 AS INTEGER) AS product_id,
            CAST(((h >> 3) % 20000) / 100.0 AS DOUBLE PRECISION) AS amount,
            CAST(((h >> 5) % 5000) / 100.0 AS DOUBLE PRECISION) AS cost,
            CAST((h >> 7) % 5 + 1 AS INTEGER) AS quantity,
            CAST(((h >> 6) % 900) / 100.0 AS DOUBLE PRECISION) AS discount,
            CAST(CASE WHEN (h >> 2) % 23 = 0 THEN 1 ELSE 0 END AS INTEGER) AS converted,
            CAST(CASE WHEN (h >> 4) % 97 = 0 THEN 1 ELSE 0 END AS INTEGER) AS complained
        FROM (
            SELECT CAST(g.i AS BIGINT) AS i, ((CAST(g.i AS BIGINT) * 2654435761) % 4294967296) >> 8 AS h
            FROM generate_series(0, {fact.rows - 1}) AS g(i)
        ) AS numbered
        ORDER BY i
    """


def fill_postgres(socket_dir: str, database: str) -> None:
    import psycopg2

    with closing(psycopg2.connect(host=socket_dir, user="postgres", dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for fact in FACTS:
                table = table_name("postgresql", fact)
                cursor.execute(f"CREATE TABLE {table} AS {rows_of(fact)}")
                cursor.execute(f"ALTER TABLE {table} ADD PRIMARY KEY (id)")
                cursor.execute(f"CREATE INDEX ON {table} ({TIME})")
                cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute("CHECKPOINT")


def fill_duckdb(path: Path) -> None:
    import duckdb

    path.unlink(missing_ok=True)
    with closing(duckdb.connect(str(path))) as connection:
        for fact in FACTS:
            connection.execute(f"CREATE TABLE {table_name('duckdb', fact)} AS {rows_of(fact)}")
