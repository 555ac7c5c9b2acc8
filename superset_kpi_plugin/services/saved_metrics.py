"""The saved metrics of the datasets that the caller may read."""

from __future__ import annotations

from dataclasses import dataclass

from superset.connectors.sqla.models import SqlaTable, SqlMetric

from superset_kpi_plugin.services.metrics import readable_query

MOST = 20_000
"""How many metrics are looked through at most."""


@dataclass(frozen=True)
class SavedMetric:
    """A saved metric and the dataset that has it; `label` is what a person reads."""

    dataset_uuid: str
    dataset_id: int
    dataset: str
    dataset_description: str
    time_column: str | None
    metric_name: str
    label: str
    description: str
    expression: str
    d3format: str | None


def saved_metrics() -> list[SavedMetric]:
    """What the caller may read, by dataset and name; the plugin's own dataset of trees is not among them."""
    query = readable_query().with_entities(
        SqlaTable.uuid,
        SqlaTable.id,
        SqlaTable.table_name,
        SqlaTable.description,
        SqlaTable.main_dttm_col,
        SqlMetric.metric_name,
        SqlMetric.verbose_name,
        SqlMetric.description,
        SqlMetric.expression,
        SqlMetric.d3format,
    )
    rows = query.order_by(SqlaTable.table_name, SqlaTable.id, SqlMetric.metric_name).limit(MOST)
    return [
        SavedMetric(
            dataset_uuid=str(uuid),
            dataset_id=id,
            dataset=table,
            dataset_description=about or "",
            time_column=time_column,
            metric_name=name,
            label=label or name,
            description=description or "",
            expression=expression or "",
            d3format=d3format,
        )
        for uuid, id, table, about, time_column, name, label, description, expression, d3format in rows
    ]
