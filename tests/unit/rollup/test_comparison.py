"""How a node has changed since an earlier window."""

from __future__ import annotations

from datetime import date

import pytest

from superset_kpi_plugin.rollup.comparison import compared
from superset_kpi_plugin.rollup.engine import evaluate
from superset_kpi_plugin.rollup.periods import last_periods
from superset_kpi_plugin.rollup.result import NodeResult, Reading
from superset_kpi_plugin.rollup.spec import Calendar, CustomPeriod, NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.types import Direction, Grain, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import Window

OCTOBER = Window(date(2026, 10, 1), date(2026, 11, 1))
BAND = PeriodTarget(OCTOBER.since, OCTOBER.until, lower=10, upper=20)


def result(direction: Direction, actual: Outcome) -> NodeResult:
    targets = (BAND,) if direction is Direction.MAINTAIN else ()
    tree = TreeSpec({"a": NodeSpec("a", direction=direction, targets=targets)}, ())
    return evaluate(tree, OCTOBER, OCTOBER.last_day, {"a": Reading(actual, OCTOBER.last_day)}).nodes["a"]


@pytest.mark.parametrize(
    ("direction", "then", "now", "better"),
    [
        (Direction.INCREASE, 10.0, 12.0, True),
        (Direction.INCREASE, 10.0, 8.0, False),
        (Direction.DECREASE, 10.0, 8.0, True),
        (Direction.DECREASE, 10.0, 10.0, None),
        (Direction.MAINTAIN, 30.0, 22.0, True),
        (Direction.MAINTAIN, 12.0, 25.0, False),
        (Direction.MAINTAIN, 12.0, 18.0, None),
    ],
)
def test_a_change_is_better_in_the_wanted_direction(
    direction: Direction, then: float, now: float, better: bool | None
) -> None:
    change = compared(direction, result(direction, now), result(direction, then))
    assert (change.before, change.change, change.better) == (then, now - then, better)
    assert change.ratio == pytest.approx((now - then) / then)
    assert change.reason is None


def test_a_ratio_of_a_negative_number_keeps_its_sign() -> None:
    change = compared(Direction.INCREASE, result(Direction.INCREASE, -5.0), result(Direction.INCREASE, -10.0))
    assert (change.change, change.ratio, change.better) == (5.0, 0.5, True)


def test_nothing_has_no_percentage() -> None:
    change = compared(Direction.INCREASE, result(Direction.INCREASE, 5.0), result(Direction.INCREASE, 0.0))
    assert (change.change, change.ratio, change.better) == (5.0, None, True)
    assert change.reason is not None
    assert change.reason.code is Reason.DIVISION_BY_ZERO


def test_an_undefined_side_leaves_its_reason() -> None:
    gone = Undefined(Reason.ERROR, "The database is down.")
    now, then = result(Direction.INCREASE, 5.0), result(Direction.INCREASE, gone)
    assert compared(Direction.INCREASE, now, then).reason == gone
    change = compared(Direction.INCREASE, then, now)
    assert (change.before, change.change, change.reason) == (5.0, None, gone)


def test_a_change_beyond_every_number_is_undefined() -> None:
    change = compared(
        Direction.INCREASE, result(Direction.INCREASE, 1.7e308), result(Direction.INCREASE, -1.7e308)
    )
    assert change.change is None
    assert change.reason is not None
    assert change.reason.code is Reason.OVERFLOW


def test_the_last_periods_end_with_the_one_that_holds_the_day() -> None:
    quarters = last_periods(Calendar(Grain.QUARTER), date(2026, 2, 10), 3)
    assert [window.since for window in quarters] == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]


def test_a_calendar_has_no_more_periods_than_it_has() -> None:
    only = CustomPeriod(OCTOBER.since, OCTOBER.until, "Launch")
    calendar = Calendar(Grain.CUSTOM, custom_periods=(only,))
    assert last_periods(calendar, date(2026, 10, 5), 12) == (OCTOBER,)
    assert last_periods(calendar, date(2027, 1, 1), 12) == ()
