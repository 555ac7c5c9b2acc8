"""The saved metrics that a node may be linked to: those of datasets that the viewer may read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import false, func
from sqlalchemy.orm import Query, contains_eager
from superset.connectors.sqla.models import SqlaTable, SqlMetric
from superset.extensions import db, security_manager
from superset.models.core import Database
from superset.utils.core import get_user_id
from superset.utils.filters import get_dataset_access_filters

from superset_kpi_plugin.schemas import as_uuid
from superset_kpi_plugin.security import dataset_access
from superset_kpi_plugin.services.searching import holds
from superset_kpi_plugin.sql.dataset import DATABASE_UUID

MOST_WORDS = 10
"""How many words of a search count."""
ORDERS = {
    "dataset": SqlaTable.table_name,
    "metric_name": SqlMetric.metric_name,
    "label": func.coalesce(SqlMetric.verbose_name, SqlMetric.metric_name),
    "changed_on": SqlMetric.changed_on,
}


def find_metrics(
    search: str = "",
    dataset_uuid: str | None = None,
    order_column: str = "dataset",
    order_direction: str = "asc",
    page: int = 0,
    page_size: int = 50,
) -> tuple[int, list[dict[str, Any]]]:
    """How many metrics the viewer may read that have every word of the search, and one page of them."""
    query = readable_query().filter(*(_has(word) for word in search.split()[:MOST_WORDS]))
    if dataset_uuid is not None:
        uuid = as_uuid(dataset_uuid)
        query = query.filter(false() if uuid is None else SqlaTable.uuid == uuid)
    order = ORDERS[order_column]
    if order_column != "changed_on":
        order = func.lower(order)
    order = order.desc() if order_direction == "desc" else order.asc()
    rows = (
        query.options(
            contains_eager(SqlMetric.table).contains_eager(SqlaTable.database),
            contains_eager(SqlMetric.table).selectinload(SqlaTable.columns),
        )
        .order_by(order, func.lower(ORDERS["label"]), SqlMetric.id)
        .offset(page * page_size)
        .limit(page_size)
    )
    # The query says what may be read as Superset's own lists do; what is told is judged as reading is.
    may_read = dataset_access()
    readable = (metric for metric in rows if may_read(metric.table))
    return query.count(), [_describe(metric) for metric in readable]


def readable_query() -> Query:
    """The saved metrics of datasets that the viewer may read, with their datasets and databases joined."""
    query = (
        db.session.query(SqlMetric)
        .join(SqlaTable, SqlMetric.table_id == SqlaTable.id)
        .join(Database, SqlaTable.database_id == Database.id)
        # The trees themselves are no numbers to link to.
        .filter(Database.uuid.is_distinct_from(DATABASE_UUID))
    )
    if security_manager.can_access_all_datasources():
        return query
    owned = SqlaTable.owners.any(security_manager.user_model.id == get_user_id())
    return query.filter(get_dataset_access_filters(SqlaTable, owned))


def _has(word: str) -> Any:
    return holds(
        word, (SqlaTable.table_name, SqlMetric.metric_name, SqlMetric.verbose_name, SqlMetric.description)
    )


def _describe(metric: SqlMetric) -> dict[str, Any]:
    dataset = metric.table
    return {
        "dataset_uuid": str(dataset.uuid),
        "dataset_id": dataset.id,
        "dataset": dataset.table_name,
        "schema": dataset.schema,
        "database": dataset.database.database_name,
        "metric_name": metric.metric_name,
        "label": metric.verbose_name or metric.metric_name,
        "description": metric.description or "",
        "expression": metric.expression,
        "d3format": metric.d3format,
        "currency": metric.currency,
        "certified_by": metric.certified_by,
        "certification_details": metric.certification_details,
        "warning": metric.warning_text or metric.warning_markdown,
        "main_time_column": dataset.main_dttm_col,
        "time_columns": [column.column_name for column in dataset.columns if column.is_dttm],
        "changed_on": metric.changed_on.isoformat() if metric.changed_on else None,
    }
