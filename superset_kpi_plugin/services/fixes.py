"""Edits that would settle a piece of advice, for a person to take with one press (`docs/api.md`, Preview)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g
from superset.connectors.sqla.models import SqlaTable

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.formula import Formula, Ref
from superset_kpi_plugin.rollup.spec import PeriodTarget
from superset_kpi_plugin.rollup.types import Operator, Source
from superset_kpi_plugin.rollup.window import Window
from superset_kpi_plugin.schemas import user_document
from superset_kpi_plugin.services.references import find_readable
from superset_kpi_plugin.services.specs import StoredNode

Row = dict[str, Any]
Formulas = Mapping[str, Formula | None]
UNIT_SIGNS = frozenset("%$")
"""What a number format writes that tells the unit too."""


@dataclass(frozen=True)
class Fix:
    """One edit: fields to set by node, links to add, target rows of the whole to take away."""

    label: str
    nodes: Mapping[str, Row] = field(default_factory=dict)
    links: Sequence[Row] = ()
    without_targets: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def has_unit(node: StoredNode) -> bool:
    """Whether somebody said what the node counts, in its unit or by its number format."""
    return bool((node.unit or "").strip()) or bool(UNIT_SIGNS & set(node.d3format or ""))


def under_the_kgi(root: str, strays: Iterable[str]) -> Fix:
    """Links that put nodes under the KGI, which change no number of it."""
    return Fix(_("Put them under the KGI"), links=[{"parent": root, "child": key} for key in strays])


def computed(nodes: Iterable[StoredNode]) -> list[Fix]:
    """Sources left open that have a formula already may as well be computed by it."""
    keys = [node.key for node in nodes if node.formula is not None]
    return [Fix(_("Compute from the formula"), {key: _source_formula() for key in keys})] if keys else []


def _source_formula() -> Row:
    return {"source": Source.FORMULA.value, "metric": None, "shift": 0}


def answered_for(keys: Sequence[str], owners: Sequence[Any]) -> list[Fix]:
    """The viewer, or an owner of the stored tree, as the one who answers for these nodes."""
    people = {user.id: user for user in (g.user, *owners) if getattr(user, "id", None) is not None}
    return [
        Fix(
            _("Make %(person)s the owner", person=f"{user.first_name} {user.last_name}".strip()),
            {key: {"owner": user_document(user)} for key in keys},
        )
        for user in list(people.values())[:2]
    ]


def measured_only(key: str) -> Fix:
    """The number stays as it is measured, and what stood in the formula only influences it."""
    return Fix(_("Drop the formula and keep the drivers as hypotheses"), {key: {"formula": None}})


def following(key: str, rows: Sequence[PeriodTarget], gaps: Collection[Window]) -> list[Fix]:
    """Without its own targets in these periods, the node's follow from its drivers'.

    Offered where no row reaches beyond the periods, in which the drivers might have no targets.
    """
    spans = [row for row in rows if any(row.start < gap.until and gap.since < row.end for gap in gaps)]
    if not spans or not all(_is_covered(row, gaps) for row in spans):
        return []
    taken = [{"start": row.start.isoformat(), "end": row.end.isoformat()} for row in spans]
    return [Fix(_("Let the target follow from the drivers"), without_targets={key: taken})]


def _is_covered(row: PeriodTarget, gaps: Collection[Window]) -> bool:
    day: date = row.start
    for gap in sorted(gaps, key=lambda one: one.since):
        if gap.since <= day < gap.until:
            day = gap.until
    return day >= row.end


# --- units ----------------------------------------------------------------------------------------


def units_told(without: Sequence[StoredNode], nodes: Sequence[StoredNode], formulas: Formulas) -> list[Fix]:
    """The units that nodes take from their metrics, and those that follow from their drivers'."""
    from_metrics = _units_of_metrics([node for node in without if node.metric is not None])
    known = {node.key: _told(node) for node in nodes if has_unit(node)}
    from_drivers = {
        node.key: unit
        for node in without
        if node.key not in from_metrics and (unit := _common_unit(formulas.get(node.key), known))
    }
    return [
        *([Fix(_("Take it from the metric"), from_metrics)] if from_metrics else []),
        *([Fix(_("Take it from the drivers"), from_drivers)] if from_drivers else []),
    ]


def _told(node: StoredNode) -> Row:
    """What says a node's unit."""
    unit = (node.unit or "").strip()
    return {"unit": unit} if unit else {"d3format": node.d3format}


def _common_unit(formula: Formula | None, known: Mapping[str, Row]) -> Row | None:
    """The unit of a sum or difference of numbers that all have the same one."""
    if formula is None:
        return None
    adding = all(isinstance(step, Ref) or step in (Operator.ADD, Operator.SUBTRACT) for step in formula.steps)
    units = [known.get(step.key) for step in formula.steps if isinstance(step, Ref)]
    return units[0] if adding and all(unit == units[0] for unit in units) else None


def _units_of_metrics(nodes: Sequence[StoredNode]) -> dict[str, Row]:
    """What saved metrics of datasets that the viewer may read say of their units, by node."""
    datasets = find_readable(node.metric["dataset_uuid"] for node in nodes if node.metric)
    found = {
        node.key: _unit_in(datasets.get(node.metric["dataset_uuid"]), node.metric["metric_name"])
        for node in nodes
        if node.metric
    }
    return {key: unit for key, unit in found.items() if unit is not None}


def _unit_in(dataset: SqlaTable | None, name: str) -> Row | None:
    if dataset is None:
        return None
    saved = next((metric for metric in dataset.metrics if metric.metric_name == name), None)
    if saved is None:
        return None
    currency = saved.currency
    if isinstance(currency, dict) and currency.get("symbol"):
        return {"unit": str(currency["symbol"])}
    return {"d3format": saved.d3format} if UNIT_SIGNS & set(saved.d3format or "") else None
