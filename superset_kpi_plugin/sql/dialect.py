"""The SQLAlchemy dialect behind `kpi://`: Shillelagh with the plugin's adapter and nothing else."""

from __future__ import annotations

from typing import Any

import apsw
from shillelagh.backends.apsw.dialects.base import APSWDialect
from sqlalchemy.engine import Connection
from sqlalchemy.engine.url import URL

from superset_kpi_plugin.sql.adapter import ADAPTER, TABLE

# What reading the virtual tables takes; SQLite notes a virtual table it makes in its own schema table.
_ALLOWED = {apsw.SQLITE_SELECT, apsw.SQLITE_READ, apsw.SQLITE_FUNCTION, apsw.SQLITE_CREATE_VTABLE}
_SCHEMA_WRITES = {apsw.SQLITE_INSERT, apsw.SQLITE_UPDATE}
_SCHEMA_TABLES = {"sqlite_master", "sqlite_schema"}
_HARMLESS_PRAGMAS = {"read_uncommitted", "table_info", "table_xinfo", "index_list", "foreign_key_list"}
_FORBIDDEN_FUNCTIONS = {"sleep", "load_extension"}


def authorize(
    action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
) -> int:
    """SQLite's question before it prepares a statement: reading is all that may be done."""
    if action == apsw.SQLITE_FUNCTION and second in _FORBIDDEN_FUNCTIONS:
        return int(apsw.SQLITE_DENY)
    if action in _SCHEMA_WRITES and first in _SCHEMA_TABLES:
        return int(apsw.SQLITE_OK)
    if action == apsw.SQLITE_PRAGMA and first in _HARMLESS_PRAGMAS:
        return int(apsw.SQLITE_OK)
    return int(apsw.SQLITE_OK if action in _ALLOWED else apsw.SQLITE_DENY)


class KpiDialect(APSWDialect):
    """SQL over the plugin's virtual tables, for reading only.

    Whoever may write SQL in Superset may write it here. The database lives in memory, but SQLite itself could
    ATTACH any file that the server can open, or VACUUM INTO one: both are refused on every connection, and so
    is everything else but reading.
    """

    name = "kpi"
    supports_statement_cache = True

    def create_connect_args(self, url: URL) -> tuple[tuple[()], dict[str, Any]]:
        return (), {
            "path": ":memory:",
            "adapters": [ADAPTER],
            "adapter_kwargs": {},
            "safe": True,
            "isolation_level": self.isolation_level,
        }

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        connection = super().connect(*args, **kwargs)
        sqlite = connection._connection
        sqlite.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
        sqlite.set_authorizer(authorize)
        return connection

    def get_table_names(self, connection: Connection, schema: str | None = None, **kwargs: Any) -> list[str]:
        return [TABLE]

    def get_view_names(self, connection: Connection, schema: str | None = None, **kwargs: Any) -> list[str]:
        return []

    def has_table(
        self, connection: Connection, table_name: str, schema: str | None = None, **kwargs: Any
    ) -> bool:
        return table_name == TABLE
