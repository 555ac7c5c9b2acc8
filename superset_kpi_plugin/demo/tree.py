"""The demo's tree `marketing-automation` as a document (`docs/api.md`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from superset_kpi_plugin.demo.metrics import BY_KEY as DATASETS
from superset_kpi_plugin.demo.metrics import demo_uuid
from superset_kpi_plugin.demo.nodes import BY_KEY, DEPARTMENTS, INFLUENCES, NODES, WEIGHTS, Influence, Node
from superset_kpi_plugin.demo.plan import FISCAL_YEAR_START_MONTH, manual_values, targets
from superset_kpi_plugin.rollup.formula import parse

SLUG = "marketing-automation"
UUID = demo_uuid("tree", SLUG)
_DESCRIPTION = (
    "From the first visit to the closed order: what marketing, inside sales, sales and customer success "
    "do for the revenue that marketing generates. Every formula closes on the demo's rows."
)

Row = dict[str, Any]


def tree_document(owner_id: int, until: date) -> Row:
    """The whole tree, owned by one person, with targets to the end of the fiscal year of the last day."""
    return {
        "uuid": UUID,
        "slug": SLUG,
        "name": "Marketing automation",
        "description": _DESCRIPTION,
        "owners": [owner_id],
        "departments": list(DEPARTMENTS),
        "grain": "month",
        "fiscal_year_start_month": FISCAL_YEAR_START_MONTH,
        "week_start": 1,
        "time_zone": "UTC",
        "thresholds": {"on_track": 0.95, "at_risk": 0.8},
        "score_cap": 1.0,
        "published": True,
        "periods": [],
        "nodes": [_node(node, owner_id, until) for node in NODES],
        "links": _links(),
    }


def _node(node: Node, owner_id: int, until: date) -> Row:
    thresholds = node.thresholds
    return {
        "uuid": demo_uuid("node", node.key),
        "key": node.key,
        "name": node.name,
        "description": node.description,
        "owner": owner_id if node.owned else None,
        "department": node.department,
        "unit": node.unit,
        "d3format": node.d3format,
        "direction": node.direction,
        "accumulation": node.accumulation,
        "source": node.source,
        "metric": _metric(node),
        "stock_reading": node.stock_reading,
        "formula": node.formula,
        "shift": node.measurement.shift if node.measurement else 0,
        "attainment_method": node.attainment_method,
        "rollup_method": node.rollup_method,
        "pace_profile": node.pace_profile,
        "thresholds": thresholds and {"on_track": thresholds[0], "at_risk": thresholds[1]},
        "target_metric": None,
        "targets": targets(node.key, until),
        "manual_values": manual_values(until) if node.source == "manual" else [],
    }


def _metric(node: Node) -> Row | None:
    if node.measurement is None:
        return None
    return {
        "dataset_uuid": DATASETS[node.measurement.dataset].uuid,
        "metric_name": node.measurement.metric,
        "filters": list(node.measurement.filters),
        "time_column": None,
        "empty": node.empty,
    }


def _links() -> list[Row]:
    """Each parent's components in the order of its formula, then its influences."""
    return [link for node in NODES for link in _links_of(node)]


def _links_of(node: Node) -> list[Row]:
    components = dict.fromkeys(parse(node.formula)) if node.formula else {}
    links = [_link(Influence(node.key, child, WEIGHTS.get((node.key, child), 1.0))) for child in components]
    links += [_link(influence) for influence in INFLUENCES if influence.parent == node.key]
    return [{**link, "order": order} for order, link in enumerate(links)]


def _link(influence: Influence) -> Row:
    assert influence.child in BY_KEY, influence.child
    return {
        "parent": influence.parent,
        "child": influence.child,
        "weight": influence.weight,
        "lag": influence.lag,
        "expected_sign": influence.sign,
    }
