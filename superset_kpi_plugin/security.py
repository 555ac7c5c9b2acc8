"""Who may see and who may change a tree."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.filters import BaseFilter as FabBaseFilter
from sqlalchemy import or_
from sqlalchemy.orm import Query
from superset.extensions import db, security_manager
from superset.utils.core import get_user_id

from superset_kpi_plugin.exceptions import ForbiddenError
from superset_kpi_plugin.models import KpiTree, tree_owner

PERMISSION_VIEW = "KpiTree"


def visible_trees(query: Query) -> Query:
    """Narrow a query of trees to those the viewer may see.

    All for an admin, else the published and their own.
    """
    if security_manager.is_admin():
        return query
    owned = db.session.query(tree_owner.c.tree_id).filter(tree_owner.c.user_id == get_user_id())
    return query.filter(or_(KpiTree.published.is_(True), KpiTree.id.in_(owned)))


class VisibleTreeFilter(FabBaseFilter):
    """`visible_trees` for FAB's list and related routes."""

    name = "visible"
    arg_name = "visible"

    def apply(self, query: Query, value: Any) -> Query:
        return visible_trees(query)


def may_write(tree: KpiTree) -> bool:
    """Whether the viewer owns the tree or is an admin (the route has checked `can_write` already)."""
    return security_manager.is_admin() or get_user_id() in {owner.id for owner in tree.owners}


def raise_for_write(tree: KpiTree) -> None:
    if not may_write(tree):
        raise ForbiddenError()
