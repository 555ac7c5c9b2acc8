"""The table `trees`: one row per KPI tree that the viewer may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shillelagh.adapters.base import Adapter
from shillelagh.fields import Boolean, DateTime, Field, String
from shillelagh.filters import Filter
from shillelagh.typing import RequestedOrder, Row

ADAPTER = "kpi_trees"
TABLE = "trees"


class KpiTreesAdapter(Adapter):
    """Reads the metadata database as the user of the running request.

    SQLite does the filtering and ordering.
    """

    safe = True

    uuid = String()
    slug = String()
    name = String()
    description = String()
    grain = String()
    published = Boolean()
    changed_on = DateTime()

    def __init__(self) -> None:
        """Not calling the base class, which registers every instance with `atexit`.

        One leaked object per query.
        """

    @staticmethod
    def supports(uri: str, fast: bool = True, **kwargs: Any) -> bool | None:
        return uri == TABLE

    @staticmethod
    def parse_uri(uri: str) -> tuple[()]:
        return ()

    def get_columns(self) -> dict[str, Field]:
        names = ("uuid", "slug", "name", "description", "grain", "published", "changed_on")
        return {name: getattr(type(self), name) for name in names}

    def get_rows(
        self, bounds: dict[str, Filter], order: list[tuple[str, RequestedOrder]], **kwargs: Any
    ) -> Iterator[Row]:
        from flask import g
        from superset.extensions import db

        from superset_kpi_plugin.models import KpiTree
        from superset_kpi_plugin.security import visible_trees

        if getattr(g, "user", None) is None:
            return  # nobody is asking, so there is nothing that somebody may see
        for tree in visible_trees(db.session.query(KpiTree)).order_by(KpiTree.id):
            yield {
                "rowid": tree.id,
                "uuid": str(tree.uuid),
                "slug": tree.slug,
                "name": tree.name,
                "description": tree.description,
                "grain": tree.grain,
                "published": tree.published,
                "changed_on": tree.changed_on,
            }
