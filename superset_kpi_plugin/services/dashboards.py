"""A tree as a chart on a dashboard."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import g
from superset.daos.dashboard import DashboardDAO
from superset.extensions import db, security_manager
from superset.models.dashboard import Dashboard
from superset.models.slice import Slice
from superset.utils import json
from superset.utils.decorators import transaction

from superset_kpi_plugin.assets import COUNT, VIZ_TYPE
from superset_kpi_plugin.exceptions import ForbiddenError, InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import NAME_LENGTH, KpiTree
from superset_kpi_plugin.services.trees import find_tree
from superset_kpi_plugin.sql.dataset import ensure_dataset

WHOLE_WIDTH = 12
"""In the columns of Superset's dashboard grid."""
TREE_HEIGHT = 96
"""In its rows of 8 pixels."""

Row = dict[str, Any]


def tree_form_data(tree_uuid: str) -> Row:
    """What the chart of a tree is saved with; it reads its tree by uuid."""
    return {
        "viz_type": VIZ_TYPE,
        "kpi_tree": tree_uuid,
        "time_range": "No filter",
        "adhoc_filters": [],
        # What the chart's own query counts, for a page that asks before the plugin's code has arrived.
        "metrics": [COUNT],
        # The goal and what it hangs on directly fit the chart; a reader unfolds the rest.
        "kpi_initial_depth": 2,
    }


@transaction(on_error=None)
def add_to_dashboard(
    id_or_slug: str, dashboard_id: int | None, dashboard_title: str | None, name: str | None
) -> Row:
    """Make a chart of a tree and put it on a dashboard, below what is there, or on a new one.

    :raises TreeNotFoundError, ForbiddenError, InvalidDocumentError: nothing is made
    """
    tree = find_tree(id_or_slug)
    if not all(security_manager.can_access("can_write", view) for view in ("Chart", "Dashboard")):
        raise ForbiddenError(_("You need the right to write charts and dashboards in Superset."))
    dashboard = (
        _dashboard(dashboard_id) if dashboard_id is not None else _new_dashboard(dashboard_title or "")
    )
    chart = _chart(tree, name or tree.name)
    db.session.add_all([chart, dashboard])
    db.session.flush()
    positions = _positions(dashboard)
    append_chart(positions, chart.id, str(chart.uuid), chart.slice_name)
    dashboard.position_json = json.dumps(positions)
    dashboard.slices = [*dashboard.slices, chart]
    db.session.flush()
    return {"chart_id": chart.id, "dashboard_id": dashboard.id, "url": dashboard.url}


def _dashboard(dashboard_id: int) -> Dashboard:
    """A dashboard that the caller may change; one they may not see is told of as one that does not exist."""
    dashboard = DashboardDAO.find_by_id(dashboard_id)
    if dashboard is None:
        text = _("There is no such dashboard, or you may not see it.")
        raise InvalidDocumentError({"dashboard_id": [text]})
    if not security_manager.is_owner(dashboard):
        raise ForbiddenError(_("Only an owner of this dashboard or an admin may put a chart there."))
    return dashboard


def _new_dashboard(title: str) -> Dashboard:
    return Dashboard(
        dashboard_title=title, owners=[g.user], published=False, json_metadata="{}", position_json=None
    )


def _chart(tree: KpiTree, name: str) -> Slice:
    dataset = ensure_dataset()
    if not security_manager.can_access_datasource(dataset):
        text = _("Your role may not read the dataset %(name)s: ask an admin.", name=dataset.table_name)
        raise ForbiddenError(text)
    form_data = {"datasource": f"{dataset.id}__table", **tree_form_data(str(tree.uuid))}
    return Slice(
        uuid=uuid4(),
        slice_name=name[:NAME_LENGTH],
        viz_type=VIZ_TYPE,
        datasource_id=dataset.id,
        datasource_type="table",
        datasource_name=dataset.table_name,
        params=json.dumps(form_data),
        owners=[g.user],
        last_saved_at=datetime.now(),
        last_saved_by=g.user,
    )


def _positions(dashboard: Dashboard) -> Row:
    """The dashboard's layout; an empty one where it has none yet."""
    try:
        positions = json.loads(dashboard.position_json or "{}")
    except ValueError:
        positions = None
    if not isinstance(positions, dict):
        text = _("The layout of this dashboard cannot be read: open and save it in Superset first.")
        raise InvalidDocumentError({"dashboard_id": [text]})
    return positions or {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": dashboard.dashboard_title}},
    }


def append_chart(positions: Row, chart_id: int, uuid: str, name: str) -> None:
    """Put a chart on a layout as a row of its own, the last one: of the first tab, where there are tabs.

    :raises InvalidDocumentError: a layout that is none of Superset's
    """
    parents = _place(positions)
    row, chart = f"ROW-{uuid4().hex[:10]}", f"CHART-{uuid4().hex[:10]}"
    positions[parents[-1]].setdefault("children", []).append(row)
    positions[row] = {
        "type": "ROW",
        "id": row,
        "children": [chart],
        "parents": parents,
        "meta": {"background": "BACKGROUND_TRANSPARENT"},
    }
    positions[chart] = {
        "type": "CHART",
        "id": chart,
        "children": [],
        "parents": [*parents, row],
        "meta": {
            "chartId": chart_id,
            "uuid": uuid,
            "sliceName": name,
            "width": WHOLE_WIDTH,
            "height": TREE_HEIGHT,
        },
    }


def _place(positions: Row) -> list[str]:
    """The way from the layout's root to where rows stand: the grid, or the first tab of the first tabs."""
    path = ["ROOT_ID"]
    while True:
        here = positions.get(path[-1])
        if not isinstance(here, dict) or len(path) > len(positions):
            text = _("The layout of this dashboard cannot be read: open and save it in Superset first.")
            raise InvalidDocumentError({"dashboard_id": [text]})
        if here.get("type") in ("GRID", "TAB"):
            return path
        children = here.get("children") or [""]
        path.append(children[0])
