"""Roles and users that a test makes for itself, inside an app context."""

from __future__ import annotations

from collections.abc import Sequence


def add_reader(username: str, dataset_uuids: Sequence[str], clause: str | None = None) -> None:
    """Somebody with Gamma, the right to read these datasets, and perhaps a row-level security clause."""
    from superset.connectors.sqla.models import RowLevelSecurityFilter, SqlaTable
    from superset.extensions import db, security_manager

    tables = db.session.query(SqlaTable).filter(SqlaTable.uuid.in_(dataset_uuids)).all()
    role = security_manager.add_role(f"{username}'s role")
    for table in tables:
        role.permissions.append(security_manager.add_permission_view_menu("datasource_access", table.perm))
    if clause:
        rule = RowLevelSecurityFilter(name=f"{username}'s rows", filter_type="Regular", clause=clause)
        rule.tables, rule.roles = tables, [role]
        db.session.add(rule)
    roles = [security_manager.find_role("Gamma"), role]
    security_manager.add_user(
        username, username.title(), "Reader", f"{username}@example.com", roles, username
    )
    db.session.commit()


def revoke_datasets(username: str) -> None:
    """Take back every dataset from the role that `add_reader` made."""
    from superset.extensions import db, security_manager

    role = security_manager.find_role(f"{username}'s role")
    role.permissions = [pvm for pvm in role.permissions if pvm.permission.name != "datasource_access"]
    db.session.commit()


def may_write(username: str) -> None:
    """Let somebody whom `add_reader` made write KPI trees of their own."""
    from superset.extensions import db, security_manager

    role = security_manager.find_role(f"{username}'s role")
    role.permissions.append(security_manager.add_permission_view_menu("can_write", "KpiTree"))
    db.session.commit()


GUEST_PERMISSIONS = (
    ("can_read", "Dashboard"),
    ("can_read", "Chart"),
    ("can_read", "EmbeddedDashboard"),
    ("can_read", "CurrentUserRestApi"),
    ("can_dashboard", "Superset"),
    ("can_explore_json", "Superset"),
    ("can_read", "Dataset"),
    ("can_read", "Datasource"),
    ("can_read", "KpiTree"),
    ("all_datasource_access", "all_datasource_access"),
)
"""What the role of an embedded dashboard's guests needs to draw a KPI tree on it."""
