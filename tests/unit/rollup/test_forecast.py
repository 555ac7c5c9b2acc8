import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import Accumulation, Outcome, PaceProfile, Reason, Undefined
from superset_kpi_plugin.rollup.forecast import forecast, needed_per_day
from tests.strategies import outcomes

FLOW, STOCK, RATE = Accumulation
LINEAR, *_, UNPACED = PaceProfile
GONE = Undefined(Reason.NO_DATA, "")


def test_a_flow_is_projected_from_what_has_elapsed() -> None:
    assert forecast(FLOW, LINEAR, 90.0, 10 / 30) == pytest.approx(270.0)
    assert forecast(FLOW, LINEAR, 90.0, 1.0) == 90.0
    assert forecast(FLOW, LINEAR, 5.0, 0.05) == pytest.approx(100.0)


def test_a_flow_is_not_projected_too_early() -> None:
    outcome = forecast(FLOW, LINEAR, 90.0, 0.049)
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.TOO_EARLY


@pytest.mark.parametrize("elapsed", [0.0, 0.5, 1.0])
def test_a_flow_without_a_profile_is_not_projected(elapsed: float) -> None:
    outcome = forecast(FLOW, UNPACED, 90.0, elapsed)
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.NOT_FORECAST


@pytest.mark.parametrize("accumulation", [STOCK, RATE])
@pytest.mark.parametrize("profile", PaceProfile)
def test_a_stock_or_rate_stays_where_it_is(accumulation: Accumulation, profile: PaceProfile) -> None:
    assert forecast(accumulation, profile, 7.0, 0.01) == 7.0


@pytest.mark.parametrize("accumulation", Accumulation)
def test_without_an_actual_there_is_no_forecast(accumulation: Accumulation) -> None:
    assert forecast(accumulation, LINEAR, GONE, 0.5) is GONE


@given(st.sampled_from(Accumulation), st.sampled_from(PaceProfile), outcomes, st.floats(0, 1))
def test_a_forecast_is_finite_or_undefined(
    accumulation: Accumulation, profile: PaceProfile, actual: Outcome, elapsed: float
) -> None:
    outcome = forecast(accumulation, profile, actual, elapsed)
    assert isinstance(outcome, Undefined) or math.isfinite(outcome)


def test_what_each_remaining_day_must_add() -> None:
    assert needed_per_day(90.0, 300.0, 20) == 10.5
    assert needed_per_day(320.0, 300.0, 20) == -1.0
    assert needed_per_day(90.0, 300.0, 0) is None
    assert needed_per_day(90.0, None, 20) is None
    assert needed_per_day(GONE, 300.0, 20) is GONE
    assert needed_per_day(90.0, GONE, 20) is GONE
