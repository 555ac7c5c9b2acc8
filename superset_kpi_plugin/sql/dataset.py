"""The "KPI trees" dataset as a row in Superset's metadata, and the right to read it."""

from __future__ import annotations

import logging
from uuid import UUID

import sqlalchemy as sa
from superset.connectors.sqla.models import SqlaTable, TableColumn
from superset.extensions import db, security_manager
from superset.models.core import Database

from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.security import PERMISSION_VIEW
from superset_kpi_plugin.sql.adapter import TABLE

logger = logging.getLogger(__name__)

DATABASE_UUID = UUID("6b70695f-7472-4565-8000-000000000001")
DATASET_UUID = UUID("6b70695f-7472-4565-8000-000000000002")
DATABASE_NAME = DATASET_NAME = "KPI trees"
NEVER_CACHED = -1
COLUMNS = {
    "uuid": "VARCHAR",
    "slug": "VARCHAR",
    "name": "VARCHAR",
    "description": "VARCHAR",
    "grain": "VARCHAR",
    "published": "BOOLEAN",
    "changed_on": "TIMESTAMP",
}


def find_dataset() -> SqlaTable | None:
    return db.session.query(SqlaTable).filter_by(uuid=DATASET_UUID).one_or_none()


def ensure_dataset() -> SqlaTable:
    """Make the virtual database and its dataset if they are not there; the caller's transaction commits them.

    The rows depend on who asks, so they are not cached; where a chart insists, the key names the viewer.
    """
    dataset = find_dataset()
    if dataset is None:
        database = db.session.query(Database).filter_by(uuid=DATABASE_UUID).one_or_none()
        if database is None:
            database = Database(
                uuid=DATABASE_UUID,
                database_name=DATABASE_NAME,
                sqlalchemy_uri="kpi://",
                expose_in_sqllab=False,
            )
            db.session.add(database)
            db.session.flush()
        dataset = SqlaTable(
            uuid=DATASET_UUID,
            table_name=DATASET_NAME,
            sql=f"SELECT {', '.join(COLUMNS)} FROM {TABLE}",
            database=database,
            description="The KPI trees that the viewer may see.",
            columns=[
                TableColumn(
                    column_name=name, type=kind, is_dttm=kind == "TIMESTAMP", groupby=True, filterable=True
                )
                for name, kind in COLUMNS.items()
            ],
        )
        db.session.add(dataset)
    dataset.cache_timeout = NEVER_CACHED
    db.session.flush()
    return dataset


def grant_dataset(dataset: SqlaTable) -> list[str]:
    """Give `datasource_access` on the dataset to every role that may read KPI trees.

    Answer the roles' names.
    """
    may_read = security_manager.find_permission_view_menu("can_read", PERMISSION_VIEW)
    access = security_manager.add_permission_view_menu("datasource_access", dataset.perm)
    if may_read is None:
        return []
    role_model = security_manager.role_model
    roles = db.session.query(role_model).filter(role_model.permissions.contains(may_read)).all()
    for role in roles:
        if access not in role.permissions:
            role.permissions.append(access)
    return sorted(role.name for role in roles)


def sync_dataset() -> None:
    """Bring the dataset and its grants up to date. Does nothing before `superset kpi db upgrade` has run."""
    if not sa.inspect(db.session.connection()).has_table(KpiTree.__tablename__):
        logger.warning(
            "The KPI trees' tables are missing: run `superset kpi db upgrade`, then `superset init`."
        )
        return
    roles = grant_dataset(ensure_dataset())
    db.session.commit()
    logger.info("Roles that may read KPI trees: %s", ", ".join(roles) or "none")


def remove_dataset() -> None:
    """Take the virtual database and its dataset out of Superset; charts on it stay, without data."""
    database = db.session.query(Database).filter_by(uuid=DATABASE_UUID).one_or_none()
    if database is not None:
        for dataset in db.session.query(SqlaTable).filter_by(database_id=database.id):
            db.session.delete(dataset)
        db.session.flush()
        db.session.delete(database)
        db.session.commit()
