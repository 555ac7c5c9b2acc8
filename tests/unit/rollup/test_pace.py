from datetime import date

import pytest

from superset_kpi_plugin.rollup import (
    Accumulation,
    AttainmentMethod,
    Calendar,
    Direction,
    NodeSpec,
    PaceProfile,
    PeriodTarget,
    Reason,
    Share,
    TreeSpec,
    Undefined,
    View,
    Window,
    business_days,
    linear,
    seasonal,
)
from superset_kpi_plugin.rollup.attainment import Goal, attainment, method_for
from superset_kpi_plugin.rollup.derived import NodeGoal
from superset_kpi_plugin.rollup.pace import elapsed, elapsed_days, expected_goal, profile_of, share_of
from superset_kpi_plugin.rollup.targets import goal_over

FLOW, STOCK, RATE = Accumulation
LINEAR, BUSINESS_DAYS, SEASONAL, UNPACED = PaceProfile
NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
INCOMPLETE = Undefined(Reason.BASELINE_INCOMPLETE, "")


def november(target: float | None, baseline: float | None = None, **band: float) -> tuple[PeriodTarget, ...]:
    return (PeriodTarget(NOVEMBER.since, NOVEMBER.until, target, baseline, **band),)


def expected(node: NodeSpec, window: Window, days: int, share: Share = linear) -> Goal:
    goal = goal_over(node.accumulation, node.targets, window)
    return expected_goal(node, NodeGoal(goal, node.targets), window, days, share)


def pace(node: NodeSpec, actual: float, days: int) -> object:
    goal = goal_over(node.accumulation, node.targets, NOVEMBER)
    method = method_for(node.direction, node.attainment_method, goal)
    return attainment(node.direction, method, actual, expected(node, NOVEMBER, days))


@pytest.mark.parametrize(
    ("as_of", "through", "days"),
    [
        (date(2026, 11, 10), date(2026, 11, 10), 10),
        (date(2026, 11, 10), date(2026, 11, 8), 8),
        (date(2026, 11, 10), date(2026, 11, 20), 10),
        (date(2026, 11, 10), date(2026, 10, 31), 0),
        (date(2026, 11, 10), None, 0),
        (date(2026, 10, 31), date(2026, 10, 31), 0),
        (date(2026, 11, 30), None, 30),
        (date(2026, 12, 9), date(2026, 11, 8), 30),
    ],
)
def test_elapsed_days(as_of: date, through: date | None, days: int) -> None:
    assert elapsed_days(View(NOVEMBER, as_of), through) == days


def test_the_examples_of_section_6() -> None:
    node = NodeSpec("a", targets=november(300.0))
    assert expected(node, NOVEMBER, 10).target == 100.0
    assert pace(node, 90.0, 10) == 0.9
    node = NodeSpec("a", targets=november(300.0, 200.0))
    assert expected(node, NOVEMBER, 10).target == 100.0
    assert expected(node, NOVEMBER, 10).baseline == pytest.approx(66.67, abs=0.005)
    assert pace(node, 90.0, 10) == pytest.approx(0.7, rel=1e-12)


def test_each_period_fills_up_by_itself() -> None:
    rows = (
        PeriodTarget(date(2026, 1, 1), date(2026, 2, 1), 310.0),
        PeriodTarget(date(2026, 2, 1), date(2026, 3, 1), 28.0),
    )
    window = Window(date(2026, 1, 1), date(2026, 3, 1))
    node = NodeSpec("a", targets=rows)
    assert expected(node, window, 31).target == 310.0
    assert expected(node, window, 10).target == pytest.approx(100.0)
    assert expected(node, window, 45).target == pytest.approx(324.0)
    across = Window(date(2026, 1, 15), date(2026, 2, 15))
    assert expected(node, across, 17).target == 170.0
    assert expected(node, across, 18).target == pytest.approx(171.0)


@pytest.mark.parametrize("accumulation", [STOCK, RATE])
def test_a_stock_or_rate_moves_from_its_baseline(accumulation: Accumulation) -> None:
    node = NodeSpec("a", accumulation=accumulation, targets=november(300.0, 200.0))
    goal = expected(node, NOVEMBER, 15)
    assert (goal.target, goal.baseline) == (250.0, 200.0)
    assert pace(node, 240.0, 15) == 0.8


def test_the_band_of_a_flow_fills_up_too() -> None:
    node = NodeSpec("a", direction=Direction.MAINTAIN, targets=november(None, lower=270.0, upper=330.0))
    goal = expected(node, NOVEMBER, 10)
    assert (goal.target, goal.lower, goal.upper) == (None, 90.0, 110.0)
    assert pace(node, 100.0, 10) == 1.0


@pytest.mark.parametrize(
    "node",
    [
        NodeSpec("a", pace_profile=UNPACED, targets=november(300.0, 200.0)),
        NodeSpec("a", accumulation=STOCK, targets=november(300.0)),
        NodeSpec("a", accumulation=RATE, pace_profile=LINEAR, targets=november(300.0)),
        NodeSpec(
            "a",
            direction=Direction.MAINTAIN,
            accumulation=RATE,
            targets=november(None, 1.0, lower=1.0, upper=2.0),
        ),
    ],
)
def test_a_node_that_is_not_paced_expects_it_all(node: NodeSpec) -> None:
    assert expected(node, NOVEMBER, 10) == goal_over(node.accumulation, node.targets, NOVEMBER)


@pytest.mark.parametrize(
    ("accumulation", "chosen", "baseline", "profile"),
    [
        (FLOW, None, None, LINEAR),
        (FLOW, LINEAR, None, LINEAR),
        (FLOW, UNPACED, None, UNPACED),
        (STOCK, None, None, UNPACED),
        (RATE, LINEAR, None, UNPACED),
        (RATE, None, 1.0, LINEAR),
        (STOCK, UNPACED, 1.0, UNPACED),
        (FLOW, BUSINESS_DAYS, None, BUSINESS_DAYS),
        (FLOW, SEASONAL, 1.0, SEASONAL),
        (RATE, BUSINESS_DAYS, 1.0, BUSINESS_DAYS),
        (STOCK, SEASONAL, None, UNPACED),
    ],
)
def test_the_default_profile(
    accumulation: Accumulation, chosen: PaceProfile | None, baseline: float | None, profile: PaceProfile
) -> None:
    node = NodeSpec("a", accumulation=accumulation, pace_profile=chosen)
    assert profile_of(node, Goal(1.0, baseline)) is profile


def test_a_closed_window_expects_exactly_the_target() -> None:
    node = NodeSpec("a", accumulation=RATE, targets=november(0.1, 0.7))
    assert expected(node, NOVEMBER, 30).target == 0.1


def test_what_the_target_lacks_the_expectation_lacks_too() -> None:
    node = NodeSpec("a", accumulation=RATE, attainment_method=AttainmentMethod.RATIO)
    gone = Undefined(Reason.NO_TARGET, "")
    assert expected_goal(node, NodeGoal(Goal(gone)), NOVEMBER, 10).target is gone
    assert expected_goal(node, NodeGoal(Goal(1.0, INCOMPLETE)), NOVEMBER, 10).target is INCOMPLETE


def test_an_expectation_too_large_overflows() -> None:
    node = NodeSpec("a", accumulation=RATE, targets=november(1.7e308, -1.7e308))
    outcome = expected(node, NOVEMBER, 10).target
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.OVERFLOW


# Other profiles; November 2026 starts on a Sunday and has 21 weekdays, 7 of them by the tenth

WORKDAYS = business_days(frozenset())
BACK_LOADED = seasonal(
    Calendar(),
    {date(2025, 11, day): 1.0 if day <= 20 else 8.0 for day in range(1, 31)},
)
"""A year before, 20 of 100 came by the twentieth."""


def test_a_flow_fills_up_on_its_working_days() -> None:
    node = NodeSpec("a", targets=november(210.0))
    assert [expected(node, NOVEMBER, day, WORKDAYS).target for day in (1, 10, 29, 30)] == pytest.approx(
        [0.0, 70.0, 200.0, 210.0]
    )


def test_each_period_fills_up_on_its_own_working_days() -> None:
    """January 2026 has 22 weekdays, February 20, 7 of them by the tenth."""
    rows = (
        PeriodTarget(date(2026, 1, 1), date(2026, 2, 1), 220.0),
        PeriodTarget(date(2026, 2, 1), date(2026, 3, 1), 40.0),
    )
    window = Window(date(2026, 1, 1), date(2026, 3, 1))
    assert expected(NodeSpec("a", targets=rows), window, 41, WORKDAYS).target == pytest.approx(234.0)
    assert elapsed(WORKDAYS, window, 41) == 29 / 42


def test_a_flow_fills_up_as_it_did_the_year_before() -> None:
    node = NodeSpec("a", targets=november(300.0, 200.0))
    goal = expected(node, NOVEMBER, 10, BACK_LOADED)
    assert (goal.target, goal.baseline) == pytest.approx((30.0, 20.0))
    assert expected(node, NOVEMBER, 25, BACK_LOADED).target == pytest.approx(180.0)


@pytest.mark.parametrize(("share", "target"), [(WORKDAYS, 200 + 100 / 3), (BACK_LOADED, 210.0)])
def test_a_rate_moves_from_its_baseline_by_its_profile(share: Share, target: float) -> None:
    node = NodeSpec("a", accumulation=RATE, targets=november(300.0, 200.0))
    goal = expected(node, NOVEMBER, 10, share)
    assert (goal.target, goal.baseline) == (pytest.approx(target), 200.0)


def test_the_share_of_a_profile() -> None:
    tree = TreeSpec({"a": NodeSpec("a")}, holidays=frozenset({date(2026, 11, 3)}))
    shape = {date(2025, 11, 1): 3.0, date(2025, 11, 30): 1.0}
    shares = [share_of(profile, tree, shape) for profile in (LINEAR, BUSINESS_DAYS, SEASONAL, UNPACED)]
    assert [elapsed(share, NOVEMBER, 10) for share in shares] == [10 / 30, 6 / 20, 0.75, 10 / 30]
    assert share_of(SEASONAL, tree, None) is share_of(SEASONAL, tree, {}) is linear
