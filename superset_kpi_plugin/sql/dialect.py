"""The SQLAlchemy dialect behind `kpi://`: Shillelagh with the plugin's adapter and nothing else."""

from __future__ import annotations

from typing import Any

from shillelagh.backends.apsw.dialects.base import APSWDialect
from sqlalchemy.engine import Connection
from sqlalchemy.engine.url import URL

from superset_kpi_plugin.sql.adapter import ADAPTER, TABLE


class KpiDialect(APSWDialect):
    """In memory and safe: no file, no network and no other adapter can be reached through it."""

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

    def get_table_names(self, connection: Connection, schema: str | None = None, **kwargs: Any) -> list[str]:
        return [TABLE]

    def get_view_names(self, connection: Connection, schema: str | None = None, **kwargs: Any) -> list[str]:
        return []

    def has_table(
        self, connection: Connection, table_name: str, schema: str | None = None, **kwargs: Any
    ) -> bool:
        return table_name == TABLE
