"""Pace: attainment measured against what was expected by now (section 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.derived import NodeGoal
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget
from superset_kpi_plugin.rollup.targets import goal_over
from superset_kpi_plugin.rollup.types import Accumulation, Direction, PaceProfile, Undefined, finite
from superset_kpi_plugin.rollup.window import DAY, View, Window


def elapsed_days(view: View, through: date | None) -> int:
    """How many days of the window count as elapsed: all once closed, else up to the earlier of the as-of day
    and the last day with data; none where there is no data."""
    if view.closed:
        return view.window.days
    if through is None:
        return 0
    return View(view.window, min(view.as_of, through)).elapsed_days


def profile_of(node: NodeSpec, goal: Goal) -> PaceProfile:
    """How a node is paced: a flow linearly by default, a stock or rate only from a baseline."""
    if node.pace_profile is PaceProfile.NONE:
        return PaceProfile.NONE
    if node.accumulation is Accumulation.FLOW:
        return PaceProfile.LINEAR
    has_start = goal.baseline is not None and node.direction is not Direction.MAINTAIN
    return PaceProfile.LINEAR if has_start else PaceProfile.NONE


def expected_goal(node: NodeSpec, found: NodeGoal, window: Window, days: int) -> Goal:
    """What the actual is measured against once `days` of the window have elapsed.

    A flow's target, baseline and band fill up within each of its periods; a stock or rate moves from its
    baseline, which stays, to its target. A node that is not paced, and a closed window, expect it all.
    """
    goal = found.goal
    if days == window.days or isinstance(goal.target, Undefined):
        return goal
    if profile_of(node, goal) is PaceProfile.NONE:
        return goal
    if node.accumulation is not Accumulation.FLOW:
        return _on_the_way(goal, days / window.days)
    until = window.since + DAY * days
    return goal_over(node.accumulation, found.rows, window, lambda row: _fraction(row, window, until))


def _fraction(row: PeriodTarget, window: Window, until: date) -> float:
    """The elapsed share of that part of a period which lies in the window, linear in days."""
    piece = Window(max(row.start, window.since), min(row.end, window.until))
    return 0.0 if until <= piece.since else piece.overlap(piece.since, until) / piece.days


def _on_the_way(goal: Goal, elapsed: float) -> Goal:
    start, target = goal.baseline, goal.target
    if isinstance(start, float) and isinstance(target, float):
        return replace(goal, target=finite(start + (target - start) * elapsed))
    return replace(goal, target=start)
