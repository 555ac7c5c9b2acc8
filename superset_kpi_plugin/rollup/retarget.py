"""Retarget: the rows of a target once it is overridden over a window (section 9)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.derived import NodeGoal
from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.override import Override
from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget
from superset_kpi_plugin.rollup.types import OVERFLOW, Accumulation, Direction, Undefined
from superset_kpi_plugin.rollup.window import Window


def retarget(
    node: NodeSpec, found: NodeGoal, window: Window, periods: Sequence[Window], wanted: Override
) -> tuple[PeriodTarget, ...] | Undefined:
    """The node's targets, its own or derived ones, such that over the window they are what is wanted.

    A percentage scales every row, a band with both its bounds. A value keeps the rows' shape where they have
    one, else each of the periods takes an equal part (a flow) or the same value; it moves a band, as wide as
    before, to have the value in its middle. Baselines stay. `overflow` where a row leaves the floats' range.
    """
    rows = tuple(row for row in found.rows if window.overlap(row.start, row.end))
    try:
        changed = _changed(node, rows, window, periods, found.goal, wanted)
    except SpecError:  # rows hold finite numbers only, and nothing else of them can be wrong here
        return OVERFLOW
    others = [row for row in node.targets if not any(_overlap(row, other) for other in changed)]
    return (*others, *changed)


def _changed(
    node: NodeSpec,
    rows: tuple[PeriodTarget, ...],
    window: Window,
    periods: Sequence[Window],
    goal: Goal,
    wanted: Override,
) -> tuple[PeriodTarget, ...]:
    if wanted.value is None:
        return tuple(_rewritten(row, wanted.scaled) for row in rows)
    if node.direction is Direction.MAINTAIN:
        return _moved(node.accumulation, rows or _empty(periods), window, goal, wanted.value)
    return _set(node.accumulation, rows, window, periods, goal, wanted.value)


def _set(
    accumulation: Accumulation,
    rows: tuple[PeriodTarget, ...],
    window: Window,
    periods: Sequence[Window],
    goal: Goal,
    value: float,
) -> tuple[PeriodTarget, ...]:
    if len(rows) == 1 and (rows[0].start, rows[0].end) == (window.since, window.until):
        return (replace(rows[0], value=value),)
    factor = value / goal.target if isinstance(goal.target, float) and goal.target else math.inf
    if math.isfinite(factor):
        return tuple(_rewritten(row, lambda number: number * factor) for row in rows)
    empty = _empty(periods)
    part = value / _parts(accumulation, empty, window)
    return tuple(replace(row, value=part) for row in empty)


def _moved(
    accumulation: Accumulation, rows: tuple[PeriodTarget, ...], window: Window, goal: Goal, value: float
) -> tuple[PeriodTarget, ...]:
    """The rows' bands moved by equal parts; where there is none, the value itself is the band."""
    if not (isinstance(goal.lower, float) and isinstance(goal.upper, float)):
        part = value / _parts(accumulation, rows, window)
        return tuple(replace(row, value=None, lower=part, upper=part) for row in rows)
    step = (value - (goal.lower / 2 + goal.upper / 2)) / _parts(accumulation, rows, window)
    return tuple(_rewritten(row, lambda number: number + step) for row in rows)


def _rewritten(row: PeriodTarget, rewrite: Callable[[float], float]) -> PeriodTarget:
    """A row with other numbers, its baseline as before."""
    value, lower, upper = (
        None if number is None else rewrite(number) for number in (row.value, row.lower, row.upper)
    )
    if lower is not None and upper is not None and lower > upper:
        lower, upper = upper, lower
    return replace(row, value=value, lower=lower, upper=upper)


def _empty(periods: Sequence[Window]) -> tuple[PeriodTarget, ...]:
    return tuple(PeriodTarget(period.since, period.until) for period in periods)


def _parts(accumulation: Accumulation, rows: Sequence[PeriodTarget], window: Window) -> float:
    """How many rows' worth of a flow the window holds; 1 for a level or ratio."""
    if accumulation is not Accumulation.FLOW:
        return 1.0
    return sum(part / whole for part, whole in amounts.parts(accumulation, rows, window))


def _overlap(one: PeriodTarget, other: PeriodTarget) -> bool:
    return one.start < other.end and other.start < one.end
