from datetime import date

import pytest

from superset_kpi_plugin.rollup import (
    Accumulation,
    Calendar,
    CustomPeriod,
    Direction,
    Grain,
    LinkSpec,
    NodeSpec,
    PeriodTarget,
    Reason,
    Source,
    TargetsGap,
    TreeSpec,
    Undefined,
    View,
    Window,
    parse,
)
from superset_kpi_plugin.rollup.derived import NodeGoal, goals
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.periods import view_of

FLOW, STOCK, RATE = Accumulation
JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
Q1 = Window(JAN, MAR)
Rows = tuple[PeriodTarget, ...]


def months(*values: float, since: int = 1) -> Rows:
    starts = [date(2026, since + index, 1) for index in range(len(values) + 1)]
    return tuple(PeriodTarget(*row) for row in zip(starts, starts[1:], values, strict=False))


def leaf(key: str, rows: Rows = (), accumulation: Accumulation = FLOW, shift: int = 0) -> NodeSpec:
    return NodeSpec(key, key.title(), accumulation=accumulation, targets=rows, shift=shift)


def parent(
    formula: str,
    rows: Rows = (),
    accumulation: Accumulation = FLOW,
    direction: Direction = Direction.INCREASE,
) -> NodeSpec:
    return NodeSpec(
        "revenue",
        direction=direction,
        accumulation=accumulation,
        source=Source.FORMULA,
        formula=parse(formula),
        targets=rows,
    )


def goal_of(window: Window, *nodes: NodeSpec, calendar: Calendar | None = None) -> NodeGoal:
    specs = {node.key: node for node in nodes}
    links = tuple(LinkSpec(nodes[0].key, node.key) for node in nodes[1:])
    tree = TreeSpec(specs, links, calendar=calendar or Calendar())
    view = View(window, window.last_day)
    views = {key: view_of(tree.calendar, view, node.shift) for key, node in specs.items()}
    return goals(tree, build(tree), window, views)[nodes[0].key]


def why(found: NodeGoal) -> tuple[Reason, str]:
    assert isinstance(found.goal.target, Undefined)
    assert not found.derived
    return found.goal.target.code, found.goal.target.message


DEALS = leaf("deals", months(10.0, 20.0))
VALUE = leaf("value", months(100.0, 50.0), RATE)


def test_the_example_of_section_3() -> None:
    found = goal_of(Q1, parent("deals * value"), DEALS, VALUE)
    assert found.goal.target == 2000.0
    assert found.derived


def test_derived_targets_follow_the_rule_for_windows() -> None:
    across = Window(date(2026, 1, 15), date(2026, 2, 15))
    flow = goal_of(across, parent("deals * value"), DEALS, VALUE)
    assert flow.goal.target == pytest.approx(1000 * 17 / 31 + 1000 * 14 / 28)
    assert goal_of(across, parent("deals + value", accumulation=STOCK), DEALS, VALUE).goal.target == 70.0
    rate = goal_of(across, parent("deals + value", accumulation=RATE), DEALS, VALUE)
    assert rate.goal.target == pytest.approx((110 * 17 + 70 * 14) / 31)


def test_targets_are_derived_through_every_level() -> None:
    nodes = {
        "kgi": NodeSpec("kgi", source=Source.FORMULA, formula=parse("revenue - cost")),
        "revenue": parent("deals * value"),
        "deals": DEALS,
        "value": VALUE,
        "cost": leaf("cost", months(1.0, 2.0)),
    }
    links = (("kgi", "revenue"), ("kgi", "cost"), ("revenue", "deals"), ("revenue", "value"))
    tree = TreeSpec(nodes, tuple(LinkSpec(*link) for link in links))
    found = goals(tree, build(tree), Q1, dict.fromkeys(nodes, View(Q1, FEB)))
    assert found["kgi"].goal.target == 1997.0


def test_an_own_target_of_another_year_does_not_stand_in_the_way() -> None:
    old = PeriodTarget(date(2025, 1, 1), date(2026, 1, 1), 7.0)
    found = goal_of(Q1, parent("deals * value", (old,)), DEALS, VALUE)
    assert (found.goal.target, found.derived) == (2000.0, True)


def test_what_large_targets_leave_of_each_other_is_no_gap() -> None:
    own = parent("deals + value - more", months(0.0, 0.0))
    children = [leaf(key, months(n, n)) for key, n in (("deals", 0.1), ("value", 0.2), ("more", 0.3))]
    assert goal_of(Q1, own, *children).gaps == ()


def test_an_own_target_wins_and_the_gap_is_reported_by_period() -> None:
    found = goal_of(Q1, parent("deals * value", months(1000.0, 1200.0)), DEALS, VALUE)
    assert found.goal.target == 2200.0
    assert not found.derived
    assert found.gaps == (TargetsGap(FEB, MAR, 1200.0, 1000.0),)


def test_rounding_is_no_gap() -> None:
    assert goal_of(Q1, parent("deals * value", months(1000.0, 1000.0000000001)), DEALS, VALUE).gaps == ()


def test_where_one_side_is_undefined_there_is_no_gap() -> None:
    late = months(1200.0, since=2)
    assert goal_of(Q1, parent("deals * value", late), DEALS, VALUE).gaps == (
        TargetsGap(FEB, MAR, 1200.0, 1000.0),
    )
    assert goal_of(Q1, parent("deals * value", late), leaf("deals", months(1.0)), VALUE).gaps == ()


def test_without_any_target_below_there_is_none() -> None:
    assert why(goal_of(Q1, parent("deals * value"), leaf("deals"), VALUE)) == (
        Reason.NO_TARGET,
        "It follows from Deals, which has no target; enter one.",
    )
    assert why(goal_of(Q1, leaf("deals"))) == (Reason.NO_TARGET, "Deals has no target; enter a target.")


def test_where_a_child_lacks_some_periods_the_target_is_incomplete() -> None:
    code, message = why(goal_of(Q1, parent("deals * value"), leaf("deals", months(1.0)), VALUE))
    assert code is Reason.TARGET_INCOMPLETE
    assert message.startswith("No target for 2026-02-01 – 2026-02-28. It follows from Deals")


def test_for_a_stock_only_the_last_derived_period_matters() -> None:
    late = leaf("deals", months(20.0, since=2))
    assert goal_of(Q1, parent("deals * value", accumulation=STOCK), late, VALUE).goal.target == 1000.0


def test_a_child_covered_in_part_of_every_period_is_incomplete() -> None:
    partly = leaf("deals", (PeriodTarget(date(2026, 1, 9), date(2026, 2, 9), 1.0),))
    assert why(goal_of(Q1, parent("deals * value"), partly, VALUE))[0] is Reason.TARGET_INCOMPLETE


def test_arithmetic_that_fails_is_told() -> None:
    zero = leaf("deals", months(0.0, 0.0))
    assert why(goal_of(Q1, parent("value / deals"), zero, VALUE))[0] is Reason.DIVISION_BY_ZERO


def test_a_band_is_not_derived() -> None:
    found = goal_of(Q1, parent("deals", direction=Direction.MAINTAIN), DEALS)
    assert why(found) == (Reason.NO_TARGET, "revenue has no target; enter a band.")


def test_a_child_with_only_a_band_gives_no_target() -> None:
    rows = (PeriodTarget(JAN, FEB, lower=1.0, upper=2.0), PeriodTarget(FEB, MAR, lower=1.0, upper=2.0))
    steady = NodeSpec("deals", direction=Direction.MAINTAIN, targets=rows)
    assert why(goal_of(Q1, parent("deals"), steady))[0] is Reason.NO_TARGET


def test_a_shifted_child_brings_the_target_of_the_period_it_reads() -> None:
    now, then = leaf("now", months(0.0, 120.0)), leaf("then", months(100.0), shift=1)
    found = goal_of(Window(FEB, MAR), parent("(now - then) / then", accumulation=RATE), now, then)
    assert found.goal.target == pytest.approx(0.2)


def test_a_shifted_node_derives_its_target_for_the_period_it_reads() -> None:
    node = NodeSpec("revenue", formula=parse("deals * value"), shift=1)
    assert goal_of(Window(FEB, MAR), node, DEALS, VALUE).rows == [PeriodTarget(JAN, FEB, 1000.0)]


CUSTOM = Calendar(Grain.CUSTOM, custom_periods=(CustomPeriod(JAN, FEB, "a"), CustomPeriod(MAR, APR, "b")))


def test_custom_periods_may_leave_the_window_uncovered() -> None:
    assert goal_of(Window(JAN, FEB), parent("deals"), DEALS, calendar=CUSTOM).goal.target == 10.0
    code, _ = why(goal_of(Q1, parent("deals"), DEALS, calendar=CUSTOM))
    assert code is Reason.TARGET_INCOMPLETE
    assert why(goal_of(Window(FEB, MAR), parent("deals"), DEALS, calendar=CUSTOM))[0] is Reason.NO_TARGET


def test_a_shift_out_of_the_calendar_leaves_no_target() -> None:
    shifted = leaf("deals", months(10.0, 20.0), shift=1)
    nodes = {"revenue": parent("deals"), "deals": shifted}
    tree = TreeSpec(nodes, (LinkSpec("revenue", "deals"),), calendar=CUSTOM)
    window = Window(JAN, FEB)
    found = goals(tree, build(tree), window, {"revenue": View(window, JAN)})
    assert why(found["revenue"])[0] is Reason.NO_TARGET
    assert "deals" not in found


def test_a_shift_before_the_beginning_of_time_derives_nothing() -> None:
    fiscal = Calendar(Grain.YEAR, fiscal_year_start_month=4)
    node = NodeSpec("revenue", formula=parse("deals"), shift=1)
    window = Window(date(2, 1, 15), date(2, 2, 1))
    assert why(goal_of(window, node, DEALS, calendar=fiscal))[0] is Reason.NO_TARGET


def test_a_window_of_too_many_periods_derives_nothing() -> None:
    code, message = why(goal_of(Window(date(1900, 1, 1), MAR), parent("deals"), DEALS))
    assert code is Reason.NO_TARGET
    assert "choose a shorter one" in message
