"""Actuals: what every node's value is, and through which day it is known (sections 2, 3 and 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.graph import Graph
from superset_kpi_plugin.rollup.periods import view_of
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.result import Reading
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodValue, TreeSpec
from superset_kpi_plugin.rollup.targets import value_over
from superset_kpi_plugin.rollup.types import Outcome, Reason, Source, Undefined, outcome_of
from superset_kpi_plugin.rollup.window import DAY, View

# Looked up once: before Python 3.12 finding a member is a call.
_FORMULA = Source.FORMULA
_METRIC = Source.METRIC

_NO_FORMULA = Undefined(Reason.NO_DATA, phrase("The node has no formula yet; write one over its children."))
_NO_VIEW = Undefined(
    Reason.NO_DATA, phrase("The shift reaches back before the first period; add earlier ones.")
)
_KEPT = (Reason.RESTRICTED, Reason.ERROR)


class Actuals(NamedTuple):
    """Every node's actual, the last day it is known for in its own view, and, for nodes with a formula, what
    that says over the children."""

    outcomes: Mapping[str, Outcome]
    through: Mapping[str, date | None]
    formulas: Mapping[str, Outcome]


def views_of(tree: TreeSpec, view: View) -> dict[str, View]:
    """Each node's own view; none where its shift leaves the calendar."""
    shifts: dict[int, View | None] = {}
    for shift in {node.shift for node in tree.nodes.values()}:
        try:
            shifts[shift] = view_of(tree.calendar, view, shift)
        except PeriodError:
            shifts[shift] = None
    views = {key: shifts[node.shift] for key, node in tree.nodes.items()}
    return {key: own for key, own in views.items() if own is not None}


def actuals(
    tree: TreeSpec, graph: Graph, view: View, views: Mapping[str, View], readings: Mapping[str, Reading]
) -> Actuals:
    """Every node's actual; a node without a view of its own has no data."""
    outcomes: dict[str, Outcome] = {}
    through: dict[str, date | None] = {}
    formulas: dict[str, Outcome] = {}
    # The last day of each, in the tree's own window.
    seen: dict[str, date | None] = {}
    nodes, started = tree.nodes, view.started
    for key in graph.order:
        node, own = nodes[key], views.get(key)
        if node.formula is not None:
            formulas[key] = node.formula.evaluate(outcomes)
        if node.source is _FORMULA:
            outcome = formulas.get(key, _NO_FORMULA)
            last = _earliest({seen[child] for child in node.formula or ()})
        else:
            outcome, last = _read(node, own, readings.get(key), view.as_of)
        outcomes[key] = outcome if own is view and started else _once_started(outcome, own or view)
        through[key] = last
        seen[key] = last if own is view or own is None else _as_seen(view, own, last)
    return Actuals(outcomes, through, formulas)


def _read(
    node: NodeSpec, view: View | None, reading: Reading | None, today: date
) -> tuple[Outcome, date | None]:
    """What the node's own source says, and through which day."""
    if view is None:
        return _NO_VIEW, None
    if node.source is _METRIC:
        if reading is None:
            why = phrase("%(name)s has no source yet. Link it to a metric.", name=node.label)
            return Undefined(Reason.NO_SOURCE, why), None
        return outcome_of(reading.actual), reading.data_through
    readable = view.readable
    if readable is None:
        return _NO_VIEW, view.as_of
    typed_in = [_so_far(value, today) for value in node.manual_values if value.start <= today]
    return value_over(node.accumulation, typed_in, readable), view.as_of


def _so_far(value: PeriodValue, today: date) -> PeriodValue:
    """While its period runs, a value that was typed in during it covers the days up to today, no more."""
    last = value.end - DAY
    entered = value.entered
    if entered is None or not (value.start <= entered < last and today < last):
        return value
    return replace(value, end=max(today, entered) + DAY)


def _once_started(outcome: Outcome, view: View) -> Outcome:
    if view.started or (isinstance(outcome, Undefined) and outcome.code in _KEPT):
        return outcome
    why = phrase("The window starts on %(day)s; wait until then.", day=view.window.since)
    return Undefined(Reason.NOT_STARTED, why)


def _earliest(days: set[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def _as_seen(view: View, own: View, through: date | None) -> date | None:
    """A node's last day in the tree's own window: the same number of elapsed days for a shifted node."""
    if through is None:
        return None
    known = View(own.window, min(own.as_of, through)).elapsed_days
    if known == own.elapsed_days:
        return view.as_of
    return view.window.since + DAY * (known - 1) if known else None
