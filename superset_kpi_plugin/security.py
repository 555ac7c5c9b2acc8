"""Who may see and who may change a tree."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cache
from typing import Any
from uuid import UUID

from flask_appbuilder.models.filters import BaseFilter as FabBaseFilter
from sqlalchemy import or_
from sqlalchemy.orm import Query
from superset import is_feature_enabled
from superset.connectors.sqla.models import SqlaTable
from superset.extensions import db, security_manager
from superset.models.dashboard import Dashboard
from superset.models.slice import Slice
from superset.utils.core import get_user_id

from superset_kpi_plugin.assets import VIZ_TYPE
from superset_kpi_plugin.exceptions import ForbiddenError
from superset_kpi_plugin.models import KpiTree, tree_owner

PERMISSION_VIEW = "KpiTree"


def visible_trees(query: Query) -> Query:
    """Narrow a query of trees to those the viewer may see.

    All for an admin; the published and their own for everybody else; for the guest of an embedded dashboard
    the published ones that a chart on it shows.
    """
    if security_manager.is_guest_user():
        return query.filter(KpiTree.published.is_(True), KpiTree.uuid.in_(_guest_tree_uuids()))
    if security_manager.is_admin():
        return query
    owned = db.session.query(tree_owner.c.tree_id).filter(tree_owner.c.user_id == get_user_id())
    return query.filter(or_(KpiTree.published.is_(True), KpiTree.id.in_(owned)))


def dataset_access() -> Callable[[SqlaTable], bool]:
    """Whether the viewer may read a dataset, as Superset judges it, to be asked of several at once.

    Superset looks up one permission after another, and the wide ones anew for every dataset; here each is
    looked up once. What it answers holds for the request at hand: do not keep it.
    """
    manager = copy(security_manager._get_current_object())
    manager.can_access = cache(manager.can_access)
    found: Callable[[SqlaTable], bool] = manager.can_access_datasource
    return found


def may_view_sql() -> bool:
    """Whether the viewer is shown SQL: by Superset's own permission for "View query" on dashboards."""
    return bool(security_manager.can_access("can_view_query", "Dashboard"))


def may_export() -> bool:
    """Whether the viewer may take numbers away as a file: by Superset's own permission for its charts."""
    granular = is_feature_enabled("GRANULAR_EXPORT_CONTROLS")
    return bool(security_manager.can_access("can_export_data" if granular else "can_csv", "Superset"))


def viewer_key() -> str:
    """What tells one viewer of the list of trees from another, for cache keys."""
    guest = security_manager.get_current_guest_user_if_guest()
    if guest is not None:
        return f"guest:{sorted(str(resource['id']) for resource in guest.resources)}"
    return f"user:{get_user_id()}"


def _guest_tree_uuids() -> list[UUID]:
    charts = db.session.query(Slice).filter(Slice.viz_type == VIZ_TYPE, Slice.dashboards.any())
    found = []
    for chart in charts:
        if any(_opened_to_guest(dashboard) for dashboard in chart.dashboards):
            try:
                found.append(UUID(str(chart.form_data.get("kpi_tree"))))
            except ValueError:
                continue
    return found


def _opened_to_guest(dashboard: Dashboard) -> bool:
    return bool(security_manager.has_guest_access(dashboard))


class VisibleTreeFilter(FabBaseFilter):
    """`visible_trees` for FAB's list and related routes."""

    name = "visible"
    arg_name = "visible"

    def apply(self, query: Query, value: Any) -> Query:
        return visible_trees(query)


def may_write(tree: KpiTree) -> bool:
    """Whether the viewer owns the tree or is an admin (the route has checked `can_write` already)."""
    user_id = get_user_id()
    return security_manager.is_admin() or (
        user_id is not None and user_id in {owner.id for owner in tree.owners}
    )


def raise_for_write(tree: KpiTree) -> None:
    if not may_write(tree):
        raise ForbiddenError()


def itself(user: Any) -> Any:
    """A user without the session's own proxy, behind which Superset holds one who has logged in."""
    return getattr(user, "_get_current_object", lambda: user)()
