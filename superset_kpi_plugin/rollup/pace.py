"""Pace: attainment measured against what was expected by now (section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.derived import NodeGoal
from superset_kpi_plugin.rollup.profiles import Share, business_days, linear, seasonal
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget, TreeSpec
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
    chosen = node.pace_profile or PaceProfile.LINEAR
    if node.accumulation is Accumulation.FLOW:
        return chosen
    has_start = goal.baseline is not None and node.direction is not Direction.MAINTAIN
    return chosen if has_start else PaceProfile.NONE


def share_of(profile: PaceProfile, tree: TreeSpec, shape: Mapping[date, float] | None) -> Share:
    """How a profile counts days; a seasonal node without a shape, and one that is not paced, count them all
    the same."""
    if profile is PaceProfile.BUSINESS_DAYS:
        return business_days(tree.holidays)
    if profile is PaceProfile.SEASONAL and shape:
        return seasonal(tree.calendar, shape)
    return linear


def elapsed(share: Share, window: Window, days: int) -> float:
    """p: the share of the window that has elapsed with its first `days`, 0 to 1."""
    return share(window, window.since + DAY * days)


def expected_goal(node: NodeSpec, found: NodeGoal, window: Window, days: int, share: Share = linear) -> Goal:
    """What the actual is measured against once `days` of the window have elapsed.

    A flow's target, baseline and band fill up within each of its periods, by the period's own share; a stock
    or rate moves from its baseline, which stays, to its target. A node that is not paced, and a closed
    window, expect it all.
    """
    goal = found.goal
    if days == window.days or isinstance(goal.target, Undefined):
        return goal
    if profile_of(node, goal) is PaceProfile.NONE:
        return goal
    if node.accumulation is not Accumulation.FLOW:
        return _on_the_way(goal, elapsed(share, window, days))
    until = window.since + DAY * days
    return goal_over(node.accumulation, found.rows, window, lambda row: share(_piece(row, window), until))


def _piece(row: PeriodTarget, window: Window) -> Window:
    """The part of a period that lies in the window."""
    return Window(max(row.start, window.since), min(row.end, window.until))


def _on_the_way(goal: Goal, elapsed: float) -> Goal:
    start, target = goal.baseline, goal.target
    if isinstance(start, float) and isinstance(target, float):
        return replace(goal, target=finite(start + (target - start) * elapsed))
    return replace(goal, target=start)
