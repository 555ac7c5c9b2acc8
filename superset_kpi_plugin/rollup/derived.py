"""A parent's targets from its children's, period by period, and where they do not add up (section 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.amounts import Cover, Schedule
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.formula import Formula
from superset_kpi_plugin.rollup.graph import Graph
from superset_kpi_plugin.rollup.periods import before_or_none, periods_over
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.result import TargetsGap
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.targets import goal_of
from superset_kpi_plugin.rollup.types import Accumulation, Direction, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import View, Window

# Looked up once: before Python 3.12 finding a member is a call.
_MAINTAIN = Direction.MAINTAIN

_ABSENT = (Reason.NO_TARGET, Reason.TARGET_INCOMPLETE)
_TOLERANCE = 1e-9


class NodeGoal(NamedTuple):
    """A node's goal over its own window, and the rows it was made of (derived ones where `derived`).

    `cover` is what the window takes of the rows; where it is None, that has still to be worked out.
    """

    goal: Goal
    rows: Sequence[PeriodTarget] = ()
    derived: bool = False
    gaps: tuple[TargetsGap, ...] = ()
    cover: Cover | None = None


def goals(tree: TreeSpec, graph: Graph, window: Window, views: Mapping[str, View]) -> dict[str, NodeGoal]:
    """Every node's goal over its own view, for the nodes that have one; `window` is the tree's."""
    by_period = _ByPeriod(tree, graph, window)
    return {key: by_period.goal(tree.nodes[key], view.window) for key, view in views.items()}


def _schedules(tree: TreeSpec) -> dict[str, Schedule]:
    """Every node's targets by their spans; nodes whose spans are the same share one schedule."""
    known: dict[tuple[Accumulation, tuple[date, ...]], Schedule] = {}
    found: dict[str, Schedule] = {}
    for key, node in tree.nodes.items():
        spans = tuple(day for row in node.targets for day in (row.start, row.end))
        if (node.accumulation, spans) not in known:
            known[node.accumulation, spans] = Schedule(node.accumulation, node.targets)
        found[key] = known[node.accumulation, spans]
    return found


def _needed(tree: TreeSpec) -> frozenset[str]:
    """The nodes that formulas name."""
    formulas = [node.formula for node in tree.nodes.values() if node.formula is not None]
    return frozenset(key for formula in formulas for key in formula)


class _ByPeriod:
    """The targets of single periods, as far as a formula needs or gives them.

    A shifted node's target of a period is the one of the period it reads.
    """

    def __init__(self, tree: TreeSpec, graph: Graph, window: Window) -> None:
        self._tree = tree
        self._schedules = tree.kept(_schedules)
        self._periods: tuple[Window, ...] = ()
        self._failure: Undefined | None = None
        try:
            self._periods = periods_over(tree.calendar, window)
        except PeriodError as error:
            self._failure = Undefined(Reason.NO_TARGET, error.args[0])
        self._read: dict[int, list[Window | None]] = {}
        self._calendars: dict[tuple[int, Accumulation], Schedule] = {}
        self._covers: dict[tuple[Schedule, int], list[Cover | None]] = {}
        self._last: dict[str, tuple[Cover, Goal]] = {}
        self._derived: dict[str, list[Outcome]] = {}
        self._seen: list[dict[str, Outcome]] = [{} for _ in self._periods]
        needed = tree.kept(_needed)
        for key in graph.order:
            self._look_at(tree.nodes[key], key in needed)

    def goal(self, node: NodeSpec, window: Window) -> NodeGoal:
        """The node's own goal, or, where no row of its own overlaps, the one its children's targets give."""
        cover = self._schedules[node.key].cover(window)
        if cover.first < cover.after:
            known = self._last.get(node.key)
            # A window is often just the last period, which has been looked at before.
            goal = known[1] if known is not None and known[0] is cover else goal_of(node.targets, cover)
            return NodeGoal(goal, node.targets, False, self._gaps(node), cover)
        return self._derived_goal(node, window)

    def _derived_goal(self, node: NodeSpec, window: Window) -> NodeGoal:
        outcomes = self._derived.get(node.key)
        if outcomes is None:
            return NodeGoal(Goal(self._failure or _no_target(node)))
        spans, outcomes = self._spans(node, outcomes)
        cover = self._calendar(node).cover(window)
        spans, found = spans[cover.first : cover.after], outcomes[cover.first : cover.after]
        why = self._why_undefined(node, spans, found)
        if why is not None:
            return NodeGoal(Goal(why))
        rows = [
            PeriodTarget(span.since, span.until, outcome)
            for span, outcome in zip(spans, found, strict=True)
            if isinstance(outcome, float)
        ]
        goal = goal_of(rows, cover.alone)
        return NodeGoal(goal, rows, derived=isinstance(goal.target, float), cover=cover.alone)

    def _spans(self, node: NodeSpec, outcomes: Sequence[Outcome]) -> tuple[list[Window], list[Outcome]]:
        """The periods that a node reads and its derived targets of them."""
        pairs = zip(self._periods_of(node.shift), outcomes, strict=True)
        known = [(span, outcome) for span, outcome in pairs if span is not None]
        return [span for span, _ in known], [outcome for _, outcome in known]

    def _calendar(self, node: NodeSpec) -> Schedule:
        """The periods that nodes with the same shift read, as a schedule."""
        known = node.shift, node.accumulation
        if known not in self._calendars:
            periods = [period for period in self._periods_of(node.shift) if period is not None]
            rows = [PeriodTarget(period.since, period.until) for period in periods]
            self._calendars[known] = Schedule(node.accumulation, rows)
        return self._calendars[known]

    def _gaps(self, node: NodeSpec) -> tuple[TargetsGap, ...]:
        if node.key not in self._derived:
            return ()
        found: list[TargetsGap] = []
        for period, seen, derived in zip(self._periods, self._seen, self._derived[node.key], strict=True):
            own = seen[node.key]
            if isinstance(own, Undefined) or isinstance(derived, Undefined):
                continue
            # What is left of a difference of large targets is rounding, and no gap.
            operands = [seen[key] for key in node.formula or ()]
            largest = max(abs(value) for value in operands if isinstance(value, float))
            if not math.isclose(own, derived, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE * min(largest, 1e300)):
                found.append(TargetsGap(period.since, period.until, own, derived))
        return tuple(found)

    def _look_at(self, node: NodeSpec, needed: bool) -> None:
        derived = None
        # A band cannot be computed from values, so `maintain` needs its own; and a target that could not be
        # read may be another than the formula's.
        if node.formula is not None and node.direction is not _MAINTAIN and node.target_problem is None:
            derived = [self._derive(node.formula, seen) for seen in self._seen]
            self._derived[node.key] = derived
        if node.targets and not needed and derived is None:
            return
        outcomes = self._own_targets(node, derived) if node.targets else derived
        if outcomes is None:
            outcomes = [_no_target(node)] * len(self._periods)
        for seen, outcome in zip(self._seen, outcomes, strict=True):
            seen[node.key] = outcome

    def _own_targets(self, node: NodeSpec, derived: Sequence[Outcome] | None) -> list[Outcome]:
        """Each period's own target, else the one that the formula gives."""
        found: list[Outcome] = []
        for index, cover in enumerate(self._covers_of(node)):
            target = None
            if cover is not None:
                goal = goal_of(node.targets, cover)
                self._last[node.key] = cover, goal
                target = goal.target
            if target is None or (isinstance(target, Undefined) and target.code is Reason.NO_TARGET):
                target = derived[index] if derived is not None else target or _no_target(node)
            found.append(target)
        return found

    def _covers_of(self, node: NodeSpec) -> list[Cover | None]:
        """What each period takes of the node's rows; None where its shift leaves the calendar."""
        known = self._schedules[node.key], node.shift
        covers = self._covers.get(known)
        if covers is None:
            schedule, shift = known
            covers = self._covers[known] = [
                None if period is None else schedule.cover(period) for period in self._periods_of(shift)
            ]
        return covers

    def _periods_of(self, shift: int) -> list[Window | None]:
        """The periods that nodes with this shift read for the tree's; None where it leaves the calendar."""
        if shift not in self._read:
            self._read[shift] = [
                before_or_none(self._tree.calendar, period, shift) for period in self._periods
            ]
        return self._read[shift]

    def _derive(self, formula: Formula, values: Mapping[str, Outcome]) -> Outcome:
        found = formula.evaluate(values)
        if isinstance(found, Undefined):
            for key in formula:
                value = values[key]
                if isinstance(value, Undefined) and value.code in _ABSENT:
                    label = self._tree.nodes[key].label
                    why = phrase("It follows from %(name)s, which has no target; enter one.", name=label)
                    return Undefined(value.code, why)
        return found

    def _why_undefined(
        self, node: NodeSpec, spans: Sequence[Window], found: Sequence[Outcome]
    ) -> Undefined | None:
        """Why no target can be derived: no period or only some have one, or the arithmetic fails."""
        if not found:
            return self._failure or _no_target(node)
        pairs = zip(spans, found, strict=True)
        failed = [(span, outcome) for span, outcome in pairs if isinstance(outcome, Undefined)]
        absent = [(span, why) for span, why in failed if why.code in _ABSENT]
        if not absent or len(absent) == len(found):
            return failed[0][1] if failed else None
        named = amounts.spans([span for span, _ in absent])
        why = phrase("No target for %(spans)s. %(why)s", spans=named, why=absent[0][1].message)
        return Undefined(Reason.TARGET_INCOMPLETE, why)


def _no_target(node: NodeSpec) -> Undefined:
    if node.target_problem is not None:
        return node.target_problem
    if node.direction is Direction.MAINTAIN:
        return Undefined(Reason.NO_TARGET, phrase("%(name)s has no target; enter a band.", name=node.label))
    return Undefined(Reason.NO_TARGET, phrase("%(name)s has no target; enter a target.", name=node.label))
