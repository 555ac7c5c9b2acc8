"""Shapes: what each day of the year before brought, for the nodes that are paced by it (section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.formula import Formula
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.periods import year_before
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.result import Reading
from superset_kpi_plugin.rollup.spec import Calendar, NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.types import Accumulation, Outcome, PaceProfile, Reason, Source, Undefined
from superset_kpi_plugin.rollup.window import View

Shape = Mapping[date, float]
"""What days brought; one that is left out brought nothing."""

_NO_DAY = Undefined(Reason.NO_DATA, phrase("The day has no value."))


def seasonal_keys(tree: TreeSpec) -> frozenset[str]:
    """The metric nodes whose `Reading.daily` an evaluation needs: seasonal ones, and those that the formula
    of a seasonal node comes down to. Errors are those of `graph.build`."""
    return frozenset(key for key in tree.kept(_shaped) if tree.nodes[key].source is Source.METRIC)


def shapes(
    tree: TreeSpec, view: View, views: Mapping[str, View], readings: Mapping[str, Reading]
) -> dict[str, Shape]:
    """The shapes of seasonal nodes and of what they come down to, as far as there are any.

    A metric node's is what was read, a formula node's its formula over its children's, day by day.
    """
    found: dict[str, Shape] = {}
    for key in tree.kept(_shaped):
        node = tree.nodes[key]
        if node.source is Source.METRIC:
            daily = readings[key].daily if key in readings else None
            if daily is not None:
                found[key] = daily
        elif node.source is Source.FORMULA and node.formula is not None:
            below = {
                child: _as_seen(tree.calendar, view, views[child], found[child])
                for child in node.formula
                if child in found and child in views
            }
            found[key] = _combined(node.formula, tree.nodes, below)
    return found


def _shaped(tree: TreeSpec) -> list[str]:
    """The nodes whose shape is needed, children first."""
    graph = build(tree)
    needed: set[str] = set()
    for key in reversed(graph.order):
        node = tree.nodes[key]
        if node.pace_profile is PaceProfile.SEASONAL:
            needed.add(key)
        if key in needed and node.source is Source.FORMULA and node.formula is not None:
            needed.update(node.formula)
    return [key for key in graph.order if key in needed]


def _combined(formula: Formula, nodes: Mapping[str, NodeSpec], below: Mapping[str, Shape]) -> Shape:
    """A formula on every day that a child has; days on which it is undefined are left out."""
    absent = {key: _absent(nodes[key]) for key in formula}
    found: dict[date, float] = {}
    for day in sorted(set().union(*below.values())):
        values = {key: below[key].get(day, gap) if key in below else gap for key, gap in absent.items()}
        outcome = formula.evaluate(values)
        if not isinstance(outcome, Undefined):
            found[day] = outcome
    return found


def _absent(node: NodeSpec) -> Outcome:
    """What a child is on a day it lacks."""
    return 0.0 if node.accumulation is Accumulation.FLOW else _NO_DAY


def _as_seen(calendar: Calendar, view: View, own: View, shape: Shape) -> Shape:
    """A shifted node's days moved to those of the tree's own window; none where either has no year before."""
    if own.window == view.window:
        return shape
    try:
        first, shifted = (year_before(calendar, window) for window in (view.window, own.window))
    except PeriodError:
        return {}
    later, days = first.since - shifted.since, min(first.days, shifted.days)
    return {day + later: amount for day, amount in shape.items() if 0 <= (day - shifted.since).days < days}
