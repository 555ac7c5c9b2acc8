"""A parent's targets from its children's, period by period, and where they do not add up (section 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.formula import Formula
from superset_kpi_plugin.rollup.graph import Graph
from superset_kpi_plugin.rollup.periods import before, periods_over
from superset_kpi_plugin.rollup.result import TargetsGap
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.targets import goal_over
from superset_kpi_plugin.rollup.types import Direction, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import View, Window

_ABSENT = (Reason.NO_TARGET, Reason.TARGET_INCOMPLETE)
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class NodeGoal:
    """A node's goal over its own window, and the rows it was made of (derived ones where `derived`)."""

    goal: Goal
    rows: Sequence[PeriodTarget] = ()
    derived: bool = False
    gaps: tuple[TargetsGap, ...] = ()


def goals(tree: TreeSpec, graph: Graph, window: Window, views: Mapping[str, View]) -> dict[str, NodeGoal]:
    """Every node's goal over its own view, for the nodes that have one; `window` is the tree's."""
    by_period = _ByPeriod(tree, graph, window)
    return {key: by_period.goal(tree.nodes[key], view.window) for key, view in views.items()}


@dataclass(frozen=True)
class _Derived:
    """One period's target as the formula gives it."""

    start: date
    end: date
    outcome: Outcome


class _ByPeriod:
    """The targets of single periods, as far as a formula needs or gives them.

    A shifted node's target of a period is the one of the period it reads.
    """

    def __init__(self, tree: TreeSpec, graph: Graph, window: Window) -> None:
        self._tree = tree
        self._periods: tuple[Window, ...] = ()
        self._failure: Undefined | None = None
        try:
            self._periods = periods_over(tree.calendar, window)
        except PeriodError as error:
            self._failure = Undefined(Reason.NO_TARGET, str(error))
        self._goals: dict[tuple[str, Window], Goal] = {}
        self._seen: dict[str, list[Outcome]] = {}
        self._derived: dict[str, list[Outcome]] = {}
        formulas = [node.formula for node in tree.nodes.values() if node.formula is not None]
        needed = {key for formula in formulas for key in formula}
        for key in graph.order:
            self._look_at(tree.nodes[key], key in needed)

    def goal(self, node: NodeSpec, window: Window) -> NodeGoal:
        """The node's own goal, or, where no row of its own overlaps, the one its children's targets give."""
        if amounts.relevant(node.accumulation, node.targets, window):
            return NodeGoal(self._goal_over(node, window), node.targets, gaps=self._gaps(node))
        found = amounts.relevant(node.accumulation, self._derived_rows(node), window)
        why = self._why_undefined(node, found)
        if why is not None:
            return NodeGoal(Goal(why))
        rows = [
            PeriodTarget(row.start, row.end, row.outcome) for row in found if isinstance(row.outcome, float)
        ]
        goal = goal_over(node.accumulation, rows, window)
        return NodeGoal(goal, rows, derived=isinstance(goal.target, float))

    def _gaps(self, node: NodeSpec) -> tuple[TargetsGap, ...]:
        found: list[TargetsGap] = []
        for index, derived in enumerate(self._derived.get(node.key, ())):
            own, period = self._seen[node.key][index], self._periods[index]
            if isinstance(own, Undefined) or isinstance(derived, Undefined):
                continue
            # What is left of a difference of large targets is rounding, and no gap.
            operands = [self._seen[key][index] for key in node.formula or ()]
            largest = max(abs(value) for value in operands if isinstance(value, float))
            if not math.isclose(own, derived, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE * min(largest, 1e300)):
                found.append(TargetsGap(period.since, period.until, own, derived))
        return tuple(found)

    def _derived_rows(self, node: NodeSpec) -> list[_Derived]:
        rows: list[_Derived] = []
        for period, outcome in zip(self._periods, self._derived.get(node.key, ()), strict=False):
            own = self._read_period(node, period)
            if own is not None:
                rows.append(_Derived(own.since, own.until, outcome))
        return rows

    def _look_at(self, node: NodeSpec, needed: bool) -> None:
        # A band cannot be computed from values, so `maintain` needs its own.
        if node.formula is not None and node.direction is not Direction.MAINTAIN:
            self._derived[node.key] = [
                self._derive(node.formula, index) for index in range(len(self._periods))
            ]
        if node.targets:
            if needed or node.key in self._derived:
                own = [self._own(node, period) for period in self._periods]
                self._seen[node.key] = _filled(own, self._derived.get(node.key))
        else:
            self._seen[node.key] = self._derived.get(node.key, [_no_target(node)] * len(self._periods))

    def _own(self, node: NodeSpec, period: Window) -> Outcome:
        read = self._read_period(node, period)
        target = None if read is None else self._goal_over(node, read).target
        return _no_target(node) if target is None else target

    def _goal_over(self, node: NodeSpec, window: Window) -> Goal:
        # A window is often just one of the periods, so the same goal is asked for twice.
        known = node.key, window
        if known not in self._goals:
            self._goals[known] = goal_over(node.accumulation, node.targets, window)
        return self._goals[known]

    def _read_period(self, node: NodeSpec, period: Window) -> Window | None:
        """The period a node reads for one of the tree's; None where its shift leaves the calendar."""
        try:
            return before(self._tree.calendar, period, node.shift)
        except PeriodError:
            return None

    def _derive(self, formula: Formula, index: int) -> Outcome:
        values = {key: self._seen[key][index] for key in formula}
        for key, value in values.items():
            if isinstance(value, Undefined) and value.code in _ABSENT:
                label = self._tree.nodes[key].label
                return Undefined(value.code, f"It follows from {label}, which has no target; enter one.")
        return formula.evaluate(values)

    def _why_undefined(self, node: NodeSpec, found: Sequence[_Derived]) -> Undefined | None:
        """Why no target can be derived: no period or only some have one, or the arithmetic fails."""
        if not found:
            return self._failure or _no_target(node)
        failed = [(row, row.outcome) for row in found if isinstance(row.outcome, Undefined)]
        absent = [(row, why) for row, why in failed if why.code in _ABSENT]
        if not absent or len(absent) == len(found):
            return failed[0][1] if failed else None
        named = amounts.spans([Window(row.start, row.end) for row, _ in absent])
        return Undefined(Reason.TARGET_INCOMPLETE, f"No target for {named}. {absent[0][1].message}")


def _filled(own: list[Outcome], derived: list[Outcome] | None) -> list[Outcome]:
    """A period's own target, else the one that the formula gives."""
    if derived is None:
        return own
    pairs = zip(own, derived, strict=True)
    return [
        other if isinstance(mine, Undefined) and mine.code is Reason.NO_TARGET else mine
        for mine, other in pairs
    ]


def _no_target(node: NodeSpec) -> Undefined:
    wanted = "a band" if node.direction is Direction.MAINTAIN else "a target"
    return Undefined(Reason.NO_TARGET, f"{node.label} has no target; enter {wanted}.")
