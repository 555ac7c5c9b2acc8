"""Pace: attainment measured against what was expected by now (section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from superset_kpi_plugin.rollup.amounts import Cover, Schedule
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.derived import NodeGoal
from superset_kpi_plugin.rollup.profiles import Share, business_days, linear, seasonal
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.targets import goal_of
from superset_kpi_plugin.rollup.types import Accumulation, Direction, PaceProfile, Undefined, finite
from superset_kpi_plugin.rollup.window import DAY, View, Window

# Looked up once: before Python 3.12 finding a member is a call.
_FLOW = Accumulation.FLOW
_MAINTAIN = Direction.MAINTAIN
_BUSINESS_DAYS = PaceProfile.BUSINESS_DAYS
_LINEAR = PaceProfile.LINEAR
_NONE = PaceProfile.NONE
_SEASONAL = PaceProfile.SEASONAL


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
    chosen = node.pace_profile or _LINEAR
    if node.accumulation is _FLOW:
        return chosen
    has_start = goal.baseline is not None and node.direction is not _MAINTAIN
    return chosen if has_start else _NONE


def share_of(profile: PaceProfile, tree: TreeSpec, shape: Mapping[date, float] | None) -> Share:
    """How a profile counts days; a seasonal node without a shape, and one that is not paced, count them all
    the same."""
    if profile is _BUSINESS_DAYS:
        return tree.kept(_working_days)
    if profile is _SEASONAL and shape:
        return seasonal(tree.calendar, shape)
    return linear


def _working_days(tree: TreeSpec) -> Share:
    return business_days(tree.holidays)


def elapsed(share: Share, window: Window, days: int) -> float:
    """p: the share of the window that has elapsed with its first `days`, 0 to 1."""
    return share(window, window.since + DAY * days)


def fills(share: Share, window: Window, days: int, cover: Cover, rows: Sequence[PeriodTarget]) -> list[float]:
    """How far each row that counts has filled up: the share of its part in the window, by itself."""
    until = window.since + DAY * days
    return [share(_piece(row, window), until) for row in rows[cover.first : cover.after]]


class Clock:
    """How far one view has elapsed, for all the nodes that share it: each answer is worked out once.

    Not for the shares of shapes that were read: those differ from one evaluation to the next.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.closed = view.closed
        self.days = view.window.days
        self._progress: dict[tuple[Share, date | None], tuple[int, float]] = {}
        self._fills: dict[tuple[Share, int, Cover], list[float]] = {}

    def progress(self, share: Share, through: date | None) -> tuple[int, float]:
        """How many days have elapsed, and which share of the window."""
        found = self._progress.get((share, through))
        if found is None:
            days = elapsed_days(self.view, through)
            found = self._progress[share, through] = days, elapsed(share, self.view.window, days)
        return found

    def fills(
        self, share: Share, window: Window, days: int, cover: Cover, rows: Sequence[PeriodTarget]
    ) -> list[float]:
        """See `fills`; nodes with the same cover have rows of the same spans."""
        found = self._fills.get((share, days, cover))
        if found is None:
            found = self._fills[share, days, cover] = fills(share, window, days, cover, rows)
        return found


def expected_goal(
    node: NodeSpec,
    found: NodeGoal,
    window: Window,
    days: int,
    share: Share = linear,
    clock: Clock | None = None,
) -> Goal:
    """What the actual is measured against once `days` of the window have elapsed.

    A flow's target, baseline and band fill up within each of its periods, by the period's own share; a stock
    or rate moves from its baseline, which stays, to its target. A node that is not paced, and a closed
    window, expect it all.
    """
    goal = found.goal
    if days == window.days or isinstance(goal.target, Undefined):
        return goal
    if profile_of(node, goal) is _NONE:
        return goal
    if node.accumulation is not _FLOW:
        return _on_the_way(goal, elapsed(share, window, days))
    cover = found.cover or Schedule(node.accumulation, found.rows).cover(window)
    fill = fills if clock is None else clock.fills
    return goal_of(found.rows, cover, fill(share, window, days, cover, found.rows))


def _piece(row: PeriodTarget, window: Window) -> Window:
    """The part of a period that lies in the window."""
    return Window(max(row.start, window.since), min(row.end, window.until))


def _on_the_way(goal: Goal, elapsed: float) -> Goal:
    start, target = goal.baseline, goal.target
    if isinstance(start, float) and isinstance(target, float):
        return goal._replace(target=finite(start + (target - start) * elapsed))
    return goal._replace(target=start)
