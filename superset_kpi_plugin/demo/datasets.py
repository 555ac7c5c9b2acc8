"""The demo's database, datasets and saved metrics in Superset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from superset.connectors.sqla.models import SqlaTable, SqlMetric
from superset.extensions import db
from superset.models.core import Database

from superset_kpi_plugin.demo.metrics import DATASETS, Dataset, demo_uuid

DATABASE_NAME = "KPI demo"
DATABASE_UUID = UUID(demo_uuid("database"))
_SCHEMA = "main"


def find_or_new(model: type[Any], uuid: UUID) -> Any:
    """The row with that uuid, made if it is missing."""
    row = db.session.query(model).filter_by(uuid=uuid).one_or_none()
    if row is None:
        row = model(uuid=uuid)
        db.session.add(row)
    return row


def ensure_database(path: Path) -> Database:
    """The connection to the file. It reads only: several processes may then hold the file open at once."""
    with db.session.no_autoflush:
        database = find_or_new(Database, DATABASE_UUID)
        database.database_name = DATABASE_NAME
        database.set_sqlalchemy_uri(f"duckdb:///{path.resolve()}?access_mode=read_only")
        database.expose_in_sqllab = True
        database.extra = json.dumps({"metadata_params": {}, "engine_params": {}, "schema_options": {}})
    db.session.flush()
    return database


def ensure_datasets(path: Path) -> dict[str, SqlaTable]:
    """Make the database and the datasets, or bring them back to what the demo ships; the caller commits."""
    database = ensure_database(path)
    return {dataset.key: _ensure_dataset(database, dataset) for dataset in DATASETS}


def _ensure_dataset(database: Database, dataset: Dataset) -> SqlaTable:
    with db.session.no_autoflush:
        table = find_or_new(SqlaTable, UUID(dataset.uuid))
        table.database = database
        table.table_name = dataset.table
        table.schema = _SCHEMA
        table.description = dataset.description
    db.session.flush()
    table.fetch_metadata()
    table.main_dttm_col = dataset.time_column
    saved = {metric.metric_name: metric for metric in table.metrics}
    for metric in dataset.metrics:
        row = saved.get(metric.name)
        if row is None:
            row = SqlMetric(metric_name=metric.name, uuid=UUID(demo_uuid("metric", dataset.key, metric.name)))
            table.metrics.append(row)
        row.verbose_name = metric.label
        row.expression = metric.expression
        row.description = metric.description
        row.d3format = metric.d3format
    db.session.flush()
    return table
