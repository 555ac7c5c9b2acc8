"""Targets for a year at once, against the window rule that reads them back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.spec import PeriodTarget
from superset_kpi_plugin.rollup.spread import grow, spread_by_shape, spread_evenly
from superset_kpi_plugin.rollup.targets import goal_over
from superset_kpi_plugin.rollup.types import Accumulation
from superset_kpi_plugin.rollup.window import Window

FLOW, STOCK, RATE = Accumulation.FLOW, Accumulation.STOCK, Accumulation.RATE
STARTS = [*(date(2026, month, 1) for month in range(1, 13)), date(2027, 1, 1)]
MONTHS = [Window(start, end) for start, end in pairwise(STARTS)]
QUARTER = MONTHS[:3]

amounts = st.floats(-1e12, 1e12, allow_subnormal=False)


def year_of(accumulation: Accumulation, periods: list[Window], values: list[float]) -> object:
    rows = [PeriodTarget(p.since, p.until, value) for p, value in zip(periods, values, strict=True)]
    return goal_over(accumulation, rows, Window(periods[0].since, periods[-1].until)).target


def test_evenly_is_equal_parts_of_a_flow_and_the_same_value_of_a_level() -> None:
    assert spread_evenly(FLOW, MONTHS, 1200) == [100.0] * 12
    assert spread_evenly(STOCK, MONTHS, 1200) == [1200.0] * 12
    assert spread_evenly(RATE, MONTHS, 0.3) == [0.3] * 12


def test_a_flows_rounded_parts_still_sum_to_the_amount() -> None:
    assert spread_evenly(FLOW, QUARTER, 100, 0) == [34.0, 33.0, 33.0]
    assert spread_evenly(FLOW, QUARTER, -100, 0) == [-33.0, -33.0, -34.0]
    assert spread_evenly(FLOW, QUARTER, 0.1, 2) == [0.04, 0.03, 0.03]


def test_a_shape_gives_its_proportions() -> None:
    assert spread_by_shape(FLOW, QUARTER, 60, [1, 2, 3]) == [10.0, 20.0, 30.0]
    assert spread_by_shape(STOCK, QUARTER, 60, [1, 2, 3]) == [20.0, 40.0, 60.0]
    # (31 × 1 + 28 × 2 + 31 × 3) / 90 = 2 on average
    assert spread_by_shape(RATE, QUARTER, 4, [1, 2, 3]) == [2.0, 4.0, 6.0]
    assert spread_by_shape(FLOW, QUARTER, -60, [-1, -2, -3]) == [-10.0, -20.0, -30.0]


@pytest.mark.parametrize(
    ("accumulation", "shape"), [(FLOW, [1, -1, 3]), (FLOW, [0, 0, 0]), (STOCK, [1, 2, 0]), (RATE, [0, 0, 0])]
)
def test_a_shape_without_proportions_is_refused(accumulation: Accumulation, shape: list[float]) -> None:
    with pytest.raises(SpecError, match="spread evenly"):
        spread_by_shape(accumulation, QUARTER, 60, shape)


def test_growth_is_of_the_size_so_that_a_loss_grows_towards_zero() -> None:
    assert grow([100, 0, -10], 20) == [120.0, 0.0, -8.0]
    assert grow([100, 55], -10, 0) == [90.0, 50.0]
    assert grow([0.1, 0.2], 10, 2) == [0.11, 0.22]


def test_what_no_float_holds_is_refused() -> None:
    two = MONTHS[:2]
    with pytest.raises(SpecError, match="too large"):
        grow([1e10], 1e308, 2)
    with pytest.raises(SpecError, match="too large"):
        spread_by_shape(Accumulation.STOCK, two, 1e300, [1e300, 1e-300], 2)


@given(st.sampled_from(Accumulation), amounts, st.none() | st.integers(0, 4))
def test_the_windows_rule_gives_the_amount_back(
    accumulation: Accumulation, amount: float, decimals: int | None
) -> None:
    values = spread_evenly(accumulation, MONTHS, amount, decimals)
    wanted = amount if decimals is None else float(round(Fraction(repr(amount)), decimals))
    assert year_of(accumulation, MONTHS, values) == pytest.approx(wanted, rel=1e-12, abs=1e-9)


@given(
    st.sampled_from(Accumulation),
    amounts,
    st.lists(st.floats(1e-3, 1e9), min_size=12, max_size=12),
)
def test_so_it_does_for_a_shape(accumulation: Accumulation, amount: float, shape: list[float]) -> None:
    values = spread_by_shape(accumulation, MONTHS, amount, shape)
    assert year_of(accumulation, MONTHS, values) == pytest.approx(amount, rel=1e-9, abs=1e-9)
