"""By which columns a tree can be told: those of the datasets that its viewer may read."""

from __future__ import annotations

from typing import Any

from superset.connectors.sqla.models import SqlaTable, TableColumn

from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.services.references import find_readable
from superset_kpi_plugin.services.specs import definition_of


def dimensions_of(tree: KpiTree) -> list[dict[str, Any]]:
    """The columns to group by, the ones that reach most nodes first.

    `nodes` counts the nodes that the column reaches. Columns of times are left out: they hold days.
    """
    reads: dict[str, int] = {}
    for node in definition_of(tree).nodes:
        if node.metric is not None:
            uuid = node.metric["dataset_uuid"]
            reads[uuid] = reads.get(uuid, 0) + 1
    found: dict[str, dict[str, Any]] = {}
    for uuid, dataset in sorted(find_readable(reads).items()):
        for column in dataset.columns:
            if _has_members(column):
                told = found.setdefault(
                    column.column_name,
                    {"column": column.column_name, "label": None, "datasets": [], "nodes": 0},
                )
                told["label"] = told["label"] or column.verbose_name or None
                told["datasets"].append(_name(dataset))
                told["nodes"] += reads[uuid]
    return sorted(found.values(), key=lambda one: (-one["nodes"], one["column"]))


def _has_members(column: TableColumn) -> bool:
    return bool(column.groupby) and not column.is_dttm and not column.is_temporal


def _name(dataset: SqlaTable) -> str:
    return str(dataset.table_name)
