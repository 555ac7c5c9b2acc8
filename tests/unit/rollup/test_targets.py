import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Accumulation,
    Outcome,
    PeriodTarget,
    PeriodValue,
    Reason,
    Undefined,
    Window,
)
from superset_kpi_plugin.rollup.amounts import missing, over, parts, relevant, spans
from superset_kpi_plugin.rollup.targets import goal_over, value_over
from tests.strategies import any_float, tame
from tests.strategies import spans as row_spans

FLOW, STOCK, RATE = Accumulation
JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
MONTHS = (PeriodTarget(JAN, FEB, 310.0), PeriodTarget(FEB, MAR, 280.0))
ACROSS = Window(date(2026, 1, 15), date(2026, 2, 15))


def why(outcome: Outcome | None) -> tuple[Reason, str]:
    assert isinstance(outcome, Undefined)
    return outcome.code, outcome.message


def test_the_example_of_section_3() -> None:
    assert goal_over(FLOW, MONTHS, ACROSS).target == 310.0


def test_a_stock_takes_the_last_period_and_a_rate_the_mean_over_days() -> None:
    assert goal_over(STOCK, MONTHS, ACROSS).target == 280.0
    assert goal_over(RATE, MONTHS, ACROSS).target == pytest.approx((310 * 17 + 280 * 14) / 31)


def test_a_rate_whose_parts_cancel_out_is_exactly_zero() -> None:
    second, third, end = (date(2026, 1, day) for day in (2, 30, 31))
    rows = [PeriodTarget(JAN, second, 1.0), PeriodTarget(second, third, 2.0), PeriodTarget(third, end, -57.0)]
    assert goal_over(RATE, rows, Window(JAN, end)).target == 0.0


@pytest.mark.parametrize("accumulation", Accumulation)
def test_a_whole_period_has_its_own_numbers(accumulation: Accumulation) -> None:
    row = PeriodTarget(JAN, FEB, 0.1, baseline=0.2, lower=0.3, upper=0.7)
    goal = goal_over(accumulation, (row, *MONTHS[1:]), Window(JAN, FEB))
    assert (goal.target, goal.baseline, goal.lower, goal.upper) == (0.1, 0.2, 0.3, 0.7)


def test_baselines_and_bands_scale_like_the_target() -> None:
    rows = [PeriodTarget(row.start, row.end, row.value, row.value, row.value, row.value) for row in MONTHS]
    goal = goal_over(FLOW, rows, ACROSS)
    assert (goal.target, goal.baseline, goal.lower, goal.upper) == (310.0,) * 4


@pytest.mark.parametrize("accumulation", Accumulation)
def test_no_overlapping_row_means_no_target(accumulation: Accumulation) -> None:
    assert why(goal_over(accumulation, MONTHS, Window(MAR, APR)).target)[0] is Reason.NO_TARGET
    assert why(goal_over(accumulation, (), Window(MAR, APR)).target)[0] is Reason.NO_TARGET


@pytest.mark.parametrize("accumulation", [FLOW, RATE])
def test_an_uncovered_part_makes_the_target_incomplete_with_its_dates(accumulation: Accumulation) -> None:
    code, message = why(goal_over(accumulation, MONTHS, Window(date(2025, 12, 31), APR)).target)
    assert code is Reason.TARGET_INCOMPLETE
    assert message == "No target for 2025-12-31, 2026-03-01 – 2026-03-31; enter it."


def test_for_a_stock_only_the_last_period_matters() -> None:
    assert goal_over(STOCK, MONTHS, Window(date(2025, 1, 1), MAR)).target == 280.0
    code, message = why(goal_over(STOCK, MONTHS, Window(JAN, APR)).target)
    assert code is Reason.TARGET_INCOMPLETE
    assert "2026-03-01 – 2026-03-31" in message


def test_an_incomplete_target_leaves_nothing_else_to_measure_against() -> None:
    goal = goal_over(FLOW, [PeriodTarget(JAN, FEB, 1.0, 1.0, 1.0, 1.0)], Window(JAN, MAR))
    assert {why(part)[0] for part in (goal.baseline, goal.lower, goal.upper)} == {Reason.TARGET_INCOMPLETE}
    assert goal_over(FLOW, MONTHS[:1], Window(JAN, MAR)).baseline is None


def test_a_baseline_on_some_rows_only_is_incomplete() -> None:
    rows = (MONTHS[0], PeriodTarget(FEB, MAR, 280.0, baseline=1.0))
    code, message = why(goal_over(FLOW, rows, ACROSS).baseline)
    assert code is Reason.BASELINE_INCOMPLETE
    assert "no baseline for 2026-01-01 – 2026-01-31" in message
    assert goal_over(STOCK, rows, ACROSS).baseline == 1.0


def test_a_band_on_some_rows_only_is_no_band() -> None:
    rows = (PeriodTarget(JAN, FEB, lower=1.0, upper=2.0), PeriodTarget(FEB, MAR, 280.0, lower=1.0))
    goal = goal_over(FLOW, rows, ACROSS)
    assert goal.target is None
    assert isinstance(goal.lower, float)
    assert why(goal.upper)[0] is Reason.NO_BAND
    assert "no band" in why(goal.upper)[1]


def test_a_scale_multiplies_every_row() -> None:
    assert goal_over(FLOW, MONTHS, ACROSS, lambda row: float(row.start == JAN)).target == 170.0


def test_sums_too_large_overflow() -> None:
    rows = [PeriodTarget(JAN, FEB, 1.7e308), PeriodTarget(FEB, MAR, 1.7e308)]
    assert why(goal_over(FLOW, rows, Window(JAN, MAR)).target)[0] is Reason.OVERFLOW


def test_typed_in_values_follow_the_rule_for_targets() -> None:
    rows = [PeriodValue(JAN, FEB, 310.0), PeriodValue(FEB, MAR, 280.0)]
    assert value_over(FLOW, rows, ACROSS) == 310.0
    assert value_over(STOCK, rows, ACROSS) == 280.0
    assert why(value_over(FLOW, rows, Window(JAN, APR))) == (
        Reason.NO_DATA,
        "No value was entered for 2026-03-01 – 2026-03-31; enter it.",
    )
    assert why(value_over(RATE, [], Window(JAN, APR)))[0] is Reason.NO_DATA


def test_long_lists_of_dates_are_cut_short() -> None:
    days = [
        Window(JAN + timedelta(days=2 * index), JAN + timedelta(days=2 * index + 1)) for index in range(5)
    ]
    assert spans(days) == "2026-01-01, 2026-01-03, 2026-01-05 and 2 more"


@given(row_spans(gaps=False), st.data())
def test_a_flow_target_is_additive(periods: list[tuple[date, date]], data: st.DataObject) -> None:
    rows = [PeriodTarget(start, end, data.draw(tame)) for start, end in periods]
    span = (rows[-1].end - rows[0].start).days
    since, split, until = sorted(
        data.draw(st.sets(st.integers(0, span), min_size=3, max_size=3)) if span > 1 else (0, 0, 0)
    )
    if since == until:
        return
    first, middle, last = (rows[0].start + timedelta(days=number) for number in (since, split, until))
    total = goal_over(FLOW, rows, Window(first, last)).target
    halves = [goal_over(FLOW, rows, Window(*ends)).target for ends in ((first, middle), (middle, last))]
    assert sum(float(half) for half in halves if isinstance(half, float)) == pytest.approx(
        total, rel=1e-9, abs=1e-6
    )


@given(row_spans(gaps=False), st.data())
def test_the_same_rate_all_along_is_the_rate(periods: list[tuple[date, date]], data: st.DataObject) -> None:
    number = data.draw(tame)
    rows = [PeriodTarget(start, end, number) for start, end in periods]
    assert goal_over(RATE, rows, Window(rows[0].start, rows[-1].end)).target == number


@given(st.sampled_from(Accumulation), row_spans(), st.data())
def test_amounts_are_finite_or_undefined(
    accumulation: Accumulation, periods: list[tuple[date, date]], data: st.DataObject
) -> None:
    rows = [PeriodValue(start, end, data.draw(any_float)) for start, end in periods]
    since = periods[0][0] - timedelta(days=data.draw(st.integers(-9, 9)))
    outcome = value_over(
        accumulation, rows, Window(since, since + timedelta(days=data.draw(st.integers(1, 99))))
    )
    assert isinstance(outcome, Undefined) or math.isfinite(outcome)


@given(st.sampled_from(Accumulation), row_spans(), st.integers(-9, 99), st.integers(1, 99))
def test_relevant_rows_are_the_overlapping_ones(
    accumulation: Accumulation, periods: list[tuple[date, date]], offset: int, length: int
) -> None:
    rows = [PeriodValue(start, end, 1.0) for start, end in periods]
    since = periods[0][0] + timedelta(days=offset)
    window = Window(since, since + timedelta(days=length))
    overlapping = [row for row in rows if window.overlap(row.start, row.end)]
    found = list(relevant(accumulation, rows, window))
    assert found == (overlapping[-1:] if accumulation is STOCK else overlapping)
    if accumulation is not STOCK:
        uncovered = sum(gap.days for gap in missing(accumulation, found, window))
        assert uncovered + sum(window.overlap(row.start, row.end) for row in found) == length
        if found:
            assert isinstance(
                over(accumulation, [1.0] * len(found), parts(accumulation, found, window)), float
            )
