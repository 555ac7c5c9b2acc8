"""Overrides: a tree as it would be if some actuals or targets were others (section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.actuals import views_of
from superset_kpi_plugin.rollup.derived import goals
from superset_kpi_plugin.rollup.engine import evaluate
from superset_kpi_plugin.rollup.errors import PeriodError, SpecError
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.override import NodeOverride, Override
from superset_kpi_plugin.rollup.periods import before, periods_over, view_of
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult, Reading
from superset_kpi_plugin.rollup.retarget import retarget
from superset_kpi_plugin.rollup.ripple import ripple
from superset_kpi_plugin.rollup.shapes import shapes
from superset_kpi_plugin.rollup.spec import Calendar, NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.states import actual_of, actuals_of
from superset_kpi_plugin.rollup.types import Accumulation, Source, Undefined
from superset_kpi_plugin.rollup.window import View, Window


@dataclass(frozen=True)
class Changed:
    """A tree and its readings under overrides, ready for `engine.evaluate`.

    `pinned` are the nodes whose actual is overridden: whatever else changes, they keep it.
    """

    tree: TreeSpec
    readings: Mapping[str, Reading]
    pinned: frozenset[str]


def what_if(
    tree: TreeSpec,
    window: Window,
    as_of: date,
    readings: Mapping[str, Reading],
    overrides: Mapping[str, NodeOverride],
) -> Evaluation:
    """The evaluation of a tree under overrides, by the same engine; SpecError where a key is no node."""
    changed = overridden(tree, window, as_of, readings, overrides)
    return evaluate(changed.tree, window, as_of, changed.readings)


def overridden(
    tree: TreeSpec,
    window: Window,
    as_of: date,
    readings: Mapping[str, Reading],
    overrides: Mapping[str, NodeOverride],
) -> Changed:
    """A tree and its readings changed as the overrides say; SpecError where a key is no node.

    A window that has not started has no actuals, overridden or not.
    """
    for key in overrides:
        if key not in tree.nodes:
            raise SpecError(f"{key} is no node of the tree; override one that is.")
    view = View(window, as_of)
    tree = _with_targets(tree, view, {key: row.target for key, row in overrides.items() if row.target})
    actuals = {key: row.actual for key, row in overrides.items() if row.actual}
    return _with_actuals(tree, view, readings, actuals)


def _with_actuals(
    tree: TreeSpec, view: View, readings: Mapping[str, Reading], overrides: Mapping[str, Override]
) -> Changed:
    """Every overridden node, and every measured ancestor that moves with one, reads what it now is."""
    if not overrides:
        return Changed(tree, readings, frozenset())
    base = evaluate(tree, view.window, view.as_of, readings)
    set_to = {key: wanted.of(actual_of(base.nodes[key])) for key, wanted in overrides.items()}
    graph = build(tree)
    after, found = ripple(tree, graph.order, base, set_to), actuals_of(base)
    shaped = shapes(tree, view, views_of(tree, view), readings)
    nodes, read = dict(tree.nodes), dict(readings)
    for key, actual in after.items():
        measured = tree.nodes[key].source is not Source.FORMULA
        if key in set_to or (measured and actual != found[key]):
            nodes[key] = _readable(tree.calendar, view, tree.nodes[key])
            read[key] = Reading(actual, _through(base.nodes[key]), shaped.get(key))
    return Changed(replace(tree, nodes=nodes), read, frozenset(set_to))


def _readable(calendar: Calendar, view: View, node: NodeSpec) -> NodeSpec:
    """A node that takes its actual from a reading, also where its shift leaves the calendar."""
    if _own_view(calendar, view, node) is None:
        node = replace(node, shift=0, targets=())
    return replace(node, source=Source.METRIC)


def _through(result: NodeResult) -> date:
    """An override of what was never read is known through the as-of day."""
    return result.as_of if result.data_through is None else result.data_through


def _with_targets(tree: TreeSpec, view: View, overrides: Mapping[str, Override]) -> TreeSpec:
    if not overrides:
        return tree
    views = {key: own for key in overrides if (own := _own_view(tree.calendar, view, tree.nodes[key]))}
    found = goals(tree, build(tree), view.window, views)
    nodes = dict(tree.nodes)
    for key, own in views.items():
        node = nodes[key]
        periods = _periods(tree.calendar, view, node, own.window)
        rows = retarget(node, found[key], own.window, periods, overrides[key])
        nodes[key] = (
            replace(node, targets=(), target_problem=rows)
            if isinstance(rows, Undefined)
            else replace(node, targets=rows)
        )
    return replace(tree, nodes=nodes)


def _periods(calendar: Calendar, view: View, node: NodeSpec, own: Window) -> tuple[Window, ...]:
    """The periods a node reads for the tree's; the window itself where they do not cover it."""
    try:
        tree_periods = periods_over(calendar, view.window)
        found = tuple(before(calendar, period, node.shift) for period in tree_periods)
    except PeriodError:
        return (own,)
    rows = [PeriodTarget(period.since, period.until) for period in found]
    return (own,) if amounts.missing(Accumulation.FLOW, rows, own) else found


def _own_view(calendar: Calendar, view: View, node: NodeSpec) -> View | None:
    try:
        return view_of(calendar, view, node.shift)
    except PeriodError:
        return None
