"""The demo's dashboard: the tree among ordinary charts, under a time filter and a filter on the region."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from superset.connectors.sqla.models import SqlaTable
from superset.extensions import db
from superset.models.dashboard import Dashboard
from superset.models.slice import Slice

from superset_kpi_plugin.demo.metrics import demo_uuid
from superset_kpi_plugin.demo.tree import UUID as TREE_UUID

SLUG = "kpi-marketing-automation"
TITLE = "Marketing automation"
TREE_CHART_TITLE = "What the revenue from marketing hangs on"
_TREE_HEIGHT, _CHART_HEIGHT = 96, 44  # in Superset's grid rows of 8 pixels
_WHOLE_WIDTH = 12

Row = dict[str, Any]


def ensure_dashboard(datasets: Mapping[str, SqlaTable], owner: Any) -> bool:
    """Make the dashboard and its charts; answers False where it was there already. The caller commits."""
    if db.session.query(Dashboard).filter_by(slug=SLUG).first() is not None:
        return False
    tree_chart = _tree_chart(owner)
    others = [_chart(datasets[key], title, params, owner) for key, title, params in _ordinary_charts()]
    charts = [tree_chart, *others]
    db.session.flush()
    dashboard = Dashboard(
        uuid=UUID(demo_uuid("dashboard", SLUG)),
        slug=SLUG,
        dashboard_title=TITLE,
        published=True,
        owners=[owner],
        slices=charts,
        position_json=json.dumps(_positions(tree_chart, others)),
        json_metadata=json.dumps(_metadata(charts, datasets["orders"])),
    )
    db.session.add(dashboard)
    db.session.flush()
    return True


def _tree_chart(owner: Any) -> Slice:
    """The chart reads its tree by uuid; its dataset is the plugin's list of trees."""
    from superset_kpi_plugin.services.dashboards import tree_form_data
    from superset_kpi_plugin.sql.dataset import ensure_dataset

    params = tree_form_data(TREE_UUID)
    return _chart(ensure_dataset(), TREE_CHART_TITLE, params, owner)


def _chart(dataset: SqlaTable, title: str, params: Row, owner: Any) -> Slice:
    uuid = UUID(demo_uuid("chart", title))
    chart = db.session.query(Slice).filter_by(uuid=uuid).one_or_none()
    if chart is None:
        chart = Slice(
            uuid=uuid,
            slice_name=title,
            viz_type=params["viz_type"],
            datasource_id=dataset.id,
            datasource_type="table",
            datasource_name=dataset.table_name,
            params=json.dumps({"datasource": f"{dataset.id}__table", **params}),
            owners=[owner],
        )
        db.session.add(chart)
    return chart


def _ordinary_charts() -> Sequence[tuple[str, str, Row]]:
    """Dataset, title and form data of the charts beside the tree."""
    return (
        (
            "orders",
            "Revenue by month",
            _by_month("echarts_timeseries_line", "ordered_on", "revenue", "won_by"),
        ),
        (
            "orders",
            "Orders by channel",
            {
                "viz_type": "pie",
                "metric": "orders",
                "groupby": ["channel"],
                "adhoc_filters": [_any_time("ordered_on")],
                "row_limit": 100,
                "sort_by_metric": True,
                "donut": True,
                "show_legend": True,
                "label_type": "percent",
                "labels_outside": False,
                "number_format": ",d",
                "color_scheme": "supersetColors",
            },
        ),
        (
            "lead_events",
            "New leads by month",
            _by_month("echarts_timeseries_bar", "event_on", "new_leads", "origin"),
        ),
    )


def _by_month(viz_type: str, time_column: str, metric: str, dimension: str) -> Row:
    return {
        "viz_type": viz_type,
        "x_axis": time_column,
        "time_grain_sqla": "P1M",
        "metrics": [metric],
        "groupby": [dimension],
        "adhoc_filters": [_any_time(time_column)],
        "row_limit": 10_000,
        "x_axis_sort_asc": True,
        "x_axis_time_format": "%b %Y",
        "y_axis_format": "SMART_NUMBER",
        "stack": "Stack" if viz_type.endswith("bar") else None,
        "show_legend": True,
        "rich_tooltip": True,
        "color_scheme": "supersetColors",
    }


def _any_time(time_column: str) -> Row:
    """What lets the dashboard's time filter reach the chart."""
    return {
        "clause": "WHERE",
        "comparator": "No filter",
        "expressionType": "SIMPLE",
        "operator": "TEMPORAL_RANGE",
        "subject": time_column,
    }


def _positions(tree_chart: Slice, others: Sequence[Slice]) -> Row:
    rows = {"ROW-tree": [(tree_chart, _WHOLE_WIDTH, _TREE_HEIGHT)]}
    rows["ROW-others"] = [(chart, _WHOLE_WIDTH // len(others), _CHART_HEIGHT) for chart in others]
    positions: Row = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": TITLE}},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": list(rows), "parents": ["ROOT_ID"]},
    }
    for row, charts in rows.items():
        positions[row] = {
            "type": "ROW",
            "id": row,
            "children": [f"CHART-{chart.id}" for chart, _, _ in charts],
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for chart, width, height in charts:
            positions[f"CHART-{chart.id}"] = {
                "type": "CHART",
                "id": f"CHART-{chart.id}",
                "children": [],
                "parents": ["ROOT_ID", "GRID_ID", row],
                "meta": {
                    "chartId": chart.id,
                    "uuid": str(chart.uuid),
                    "sliceName": chart.slice_name,
                    "width": width,
                    "height": height,
                },
            }
    return positions


def _metadata(charts: Sequence[Slice], orders: SqlaTable) -> Row:
    scope = [chart.id for chart in charts]
    region = {"column": {"name": "region"}, "datasetId": orders.id}
    many = {
        "multiSelect": True,
        "enableEmptyFilter": False,
        "defaultToFirstItem": False,
        "inverseSelection": False,
    }
    return {
        "native_filter_configuration": [
            _native_filter("time", "Time range", "filter_time", {}, {"enableEmptyFilter": False}, scope),
            _native_filter(
                "region", "Region", "filter_select", region, {**many, "searchAllOptions": False}, scope
            ),
        ],
        "chart_configuration": {},
        "global_chart_configuration": {
            "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
            "chartsInScope": scope,
        },
        "cross_filters_enabled": True,
        "default_filters": "{}",
        "color_scheme": "supersetColors",
        "label_colors": {},
        "shared_label_colors": [],
        "expanded_slices": {},
        "refresh_frequency": 0,
        "timed_refresh_immune_slices": [],
    }


def _native_filter(id: str, name: str, kind: str, target: Row, controls: Row, scope: list[int]) -> Row:
    """A dashboard filter without a preset value: the tree then shows its current period."""
    return {
        "id": f"NATIVE_FILTER-kpi-{id}",
        "type": "NATIVE_FILTER",
        "name": name,
        "description": "",
        "filterType": kind,
        "targets": [target],
        "controlValues": controls,
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "chartsInScope": scope,
        "tabsInScope": [],
    }
