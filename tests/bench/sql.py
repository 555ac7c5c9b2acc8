"""The SQL that Superset really sends: recorded for one request, and run again by a bare driver."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \S+ \[\d+\] ")
STATEMENT = re.compile(ENTRY.pattern + r"LOG:  statement: ")


class Database(Protocol):
    """A warehouse, past Superset."""

    def recorded(self, request: Callable[[], Any]) -> list[str]:
        """The SELECTs on the facts that arrive while `request` runs."""

    def run(self, statements: Sequence[str]) -> None:
        """One after another on an open connection, results fetched."""


def statements_of(log: str) -> list[str]:
    """The statements in a PostgreSQL log, whose entries go on in lines that start with a tab."""
    found: list[str] = []
    inside = False
    for line in log.splitlines():
        if match := STATEMENT.match(line):
            found.append(line[match.end() :])
            inside = True
        elif inside and line.startswith("\t"):
            found[-1] += "\n" + line[1:]
        else:
            inside = False
    return found


def reads(statements: Sequence[str], tables: Sequence[str]) -> list[str]:
    """Those that read one of the tables, and not what a dialect asks of the catalogue."""
    return [
        text
        for text in statements
        if text.lstrip().upper().startswith(("SELECT", "WITH")) and any(name in text for name in tables)
    ]


class PostgresWarehouse:
    """What arrives is taken from the server's own log."""

    def __init__(self, connection: Any, database: str, tables: Sequence[str]) -> None:
        self.connection = connection
        self.database = database
        self.tables = tables
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            self.log = Path(cursor.fetchone()[0]) / "log"

    def recorded(self, request: Callable[[], Any]) -> list[str]:
        start = self.log.stat().st_size
        self.run([f"ALTER DATABASE {self.database} SET log_statement = 'all'"])
        try:
            request()
        finally:
            self.run([f"ALTER DATABASE {self.database} RESET log_statement"])
        with open(self.log, "rb") as file:
            file.seek(start)
            return reads(statements_of(file.read().decode()), self.tables)

    def run(self, statements: Sequence[str]) -> None:
        with self.connection.cursor() as cursor:
            for text in statements:
                cursor.execute(text)
                if cursor.description:
                    cursor.fetchall()


class DuckWarehouse:
    """DuckDB keeps no log: Superset writes down what it sends (superset_config.py)."""

    def __init__(self, connection: Any, record: Path, tables: Sequence[str]) -> None:
        self.connection = connection
        self.record = record
        self.tables = tables

    def recorded(self, request: Callable[[], Any]) -> list[str]:
        self.record.write_text("")
        try:
            request()
            lines = self.record.read_text().splitlines()
        finally:
            self.record.unlink()
        return reads([json.loads(line)[1] for line in lines], self.tables)

    def run(self, statements: Sequence[str]) -> None:
        for text in statements:
            self.connection.execute(text).fetchall()


@contextmanager
def open_postgres(socket_dir: str, database: str, tables: Sequence[str]) -> Iterator[PostgresWarehouse]:
    import psycopg2

    with closing(psycopg2.connect(host=socket_dir, user="postgres", dbname=database)) as connection:
        connection.autocommit = True
        yield PostgresWarehouse(connection, database, tables)


@contextmanager
def open_duckdb(path: Path, record: Path, tables: Sequence[str]) -> Iterator[DuckWarehouse]:
    import duckdb

    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        yield DuckWarehouse(connection, record, tables)
