import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Calendar,
    CustomPeriod,
    Direction,
    Grain,
    Outcome,
    Reason,
    Undefined,
    Window,
)
from superset_kpi_plugin.rollup.correlation import pearson
from superset_kpi_plugin.rollup.proof import (
    COMPONENT_PERIODS,
    INFLUENCE_PERIODS,
    ComponentVerdict,
    InfluenceProof,
    InfluenceVerdict,
    closed_periods,
    expected_sign,
    influence_places,
    periods_needed,
    prove_component,
    prove_influence,
)
from tests.strategies import any_float, tame

PROVEN, DISPROVEN, UNPROVEN = ComponentVerdict
SUPPORTED, CONTRADICTED, NOT_SHOWN = InfluenceVerdict
INCREASE, DECREASE, MAINTAIN = Direction
GAP = Undefined(Reason.NO_DATA, "A test said so.")


# Components


@pytest.mark.parametrize(
    ("measured", "formula", "verdict", "errors"),
    [
        ([100, 100, 100], [100, 101, 99], PROVEN, (0, 0.01, 0.01)),
        ([0.3, 0.3, 0.3], [0.303, 0.297, 0.3], PROVEN, (0.01, 0.01, 0)),
        ([-100, 100, 100], [-101, 99, 100], PROVEN, (0.01, 0.01, 0)),
        ([100, 100], [100, 100], UNPROVEN, (0, 0)),
        ([100, 100], [50, 50], UNPROVEN, (0.5, 0.5)),
        ([], [], UNPROVEN, ()),
        ([100, 100, 100], [100, 100, 102], UNPROVEN, (0, 0, 0.02)),
        ([100, 100, 100], [100, 102, 103], DISPROVEN, (0, 0.02, 0.03)),
        ([0, 0, 0], [0, 0, 0], PROVEN, (0, 0, 0)),
        ([0, 100, 100], [1, 100, 100], UNPROVEN, (math.inf, 0, 0)),
        ([0, 0, 100], [1, 2, 100], DISPROVEN, (math.inf, math.inf, 0)),
        ([100, GAP, 100, 100], [100, 5, GAP, 100], UNPROVEN, (0, None, None, 0)),
        ([100, GAP, 100, 100], [100, 5, 100, 100], PROVEN, (0, None, 0, 0)),
        ([1e308, 1e308, 1e308], [-1e308] * 3, DISPROVEN, (2, 2, 2)),
    ],
)
def test_a_formula_against_measurements(
    measured: list[Outcome],
    formula: list[Outcome],
    verdict: ComponentVerdict,
    errors: tuple[float | None, ...],
) -> None:
    found = prove_component(measured, formula)
    assert found.verdict is verdict
    assert found.errors == pytest.approx(errors)
    counted = [error for error in errors if error is not None]
    assert found.count == len(counted)
    assert found.largest == (pytest.approx(max(counted)) if counted else None)


def test_the_median_of_the_errors_and_another_tolerance() -> None:
    measured: list[Outcome] = [100, 100, 100, 100]
    found = prove_component(measured, [100, 102, 104, 106])
    assert (found.median, found.verdict) == (0.03, DISPROVEN)
    assert prove_component(measured, [100, 102, 104, 106], error=0.03).verdict is UNPROVEN
    assert prove_component(measured, [100, 102, 104, 106], error=0.06).verdict is PROVEN


# Influences

A = [100.0, 104.0, 103.0, 110.0, 118.0, 117.0, 125.0, 131.0, 130.0, 140.0, 149.0]
B = [20.0, 22.0, 21.0, 25.0, 30.0, 28.0, 33.0, 37.0, 35.0, 42.0, 47.0]


def test_changes_that_go_together() -> None:
    """As scipy.stats.pearsonr has it."""
    found = prove_influence(A, B, 0, 1)
    assert (found.verdict, found.count) == (SUPPORTED, 10)
    assert found.correlation == pytest.approx(0.9906761479055438, rel=1e-13)
    assert found.p_value == pytest.approx(3.269580842359493e-08, rel=1e-11)
    assert prove_influence(A, B, 0, -1).verdict is CONTRADICTED
    assert prove_influence(A, [-value for value in B], 0, -1).verdict is SUPPORTED


def test_a_lag_compares_with_an_earlier_change() -> None:
    found = prove_influence(A, B, 1, 1)
    assert (found.verdict, found.count) == (NOT_SHOWN, 9)
    assert found.correlation == pytest.approx(-0.3468927723901036, rel=1e-12)
    assert found.p_value == pytest.approx(0.36039953783321277, rel=1e-12)
    later = [5.0, 5.0, *B[:-2]]
    assert prove_influence(A[1:], later[1:], 2, 1).correlation is not None
    assert prove_influence(B, [0.0, 0.0, *B[:-2]], 2, 1).correlation == pytest.approx(1)


def test_the_last_24_changes_count() -> None:
    series: list[Outcome] = [float(index * index % 17) for index in range(periods_needed(3))]
    assert periods_needed(3) == 28
    assert prove_influence(series, series, 3, 1).count == INFLUENCE_PERIODS
    assert prove_influence(series[1:], series[1:], 3, 1).count == INFLUENCE_PERIODS - 1
    longer = [1e9, -1e9, *series]
    assert prove_influence(longer, longer, 3, 1) == prove_influence(series, series, 3, 1)


@pytest.mark.parametrize(
    ("periods", "lag", "child", "parent"),
    [
        (30, 0, range(5, 30), range(5, 30)),
        (30, 3, range(2, 27), range(5, 30)),
        (5, 3, range(0, 2), range(3, 5)),
        (4, 3, range(0), range(0)),
        (0, 0, range(0), range(0)),
        (4, 1000, range(0), range(0)),
    ],
)
def test_where_an_influence_looks(periods: int, lag: int, child: range, parent: range) -> None:
    assert influence_places(periods, lag) == (child, parent)


@given(st.integers(0, 40), st.integers(0, 12))
def test_nothing_but_those_places_counts(periods: int, lag: int) -> None:
    series: list[Outcome] = [float(index * index % 17) for index in range(periods)]
    child, parent = influence_places(periods, lag)
    seen = prove_influence(*(_only(series, places) for places in (child, parent)), lag, 1)
    assert seen == prove_influence(series, series, lag, 1)
    assert seen.count == max(len(child) - 1, 0) == max(len(parent) - 1, 0)


def _only(series: list[Outcome], places: range) -> list[Outcome]:
    return [number if place in places else GAP for place, number in enumerate(series)]


def test_fewer_than_eight_pairs_show_nothing() -> None:
    assert prove_influence(A[:8], B[:8], 0, 1).verdict is NOT_SHOWN
    assert prove_influence(A[:9], B[:9], 0, 1).verdict is SUPPORTED
    assert prove_influence(A[:3], B[:3], 0, 1).p_value is None
    assert prove_influence(A[:1], B[:1], 0, 1) == InfluenceProof(NOT_SHOWN, 0, None, None)
    assert prove_influence([], [], 0, 1).count == 0


def test_undefined_periods_leave_out_both_their_changes() -> None:
    child: list[Outcome] = [*A]
    child[4] = GAP
    assert prove_influence(child, B, 0, 1).count == 8


@pytest.mark.parametrize("step", [0.0, 1.0, 0.1, 1e-3])
def test_steady_growth_varies_only_by_rounding_and_shows_nothing(step: float) -> None:
    steady = [step * index for index in range(25)]
    found = prove_influence(steady, [float(index * index) for index in range(25)], 0, 1)
    assert (found.verdict, found.correlation, found.p_value, found.count) == (NOT_SHOWN, None, None, 24)


@pytest.mark.parametrize(
    ("parent", "child", "sign"),
    [
        (INCREASE, INCREASE, 1),
        (DECREASE, DECREASE, 1),
        (INCREASE, DECREASE, -1),
        (DECREASE, INCREASE, -1),
        (MAINTAIN, INCREASE, None),
        (DECREASE, MAINTAIN, None),
        (MAINTAIN, MAINTAIN, None),
    ],
)
def test_the_expected_sign(parent: Direction, child: Direction, sign: int | None) -> None:
    assert expected_sign(parent, child) == sign


def test_pearson() -> None:
    ones, others = [2, 4, 7, 1, 9, 3, 8, 5, 6], [1.5, 4.5, 5, 2, 9.5, 2, 7, 6.5, 4]
    assert pearson(list(zip(ones, others, strict=True))) == pytest.approx(0.8891812384738, rel=1e-12)
    assert pearson([]) is None
    assert pearson([(1, 2), (1, 3)]) is None
    assert pearson([(0, 0), (1e308, -1e308), (-1e308, 1e308)]) == pytest.approx(-1)
    assert pearson([(0, 0), (5e-324, 5e-324)]) is None
    assert pearson([(0, 0), (1e-320, 1e-320)]) == pytest.approx(1)


@given(st.lists(st.tuples(tame, tame), min_size=2, max_size=30), st.floats(0.5, 100), tame)
def test_a_correlation_knows_no_units(pairs: list[tuple[float, float]], scale: float, offset: float) -> None:
    found = pearson(pairs, (1e-3, 1e-3))
    assert found is None or -1 <= found <= 1
    assert found == pearson([(other, one) for one, other in pairs], (1e-3, 1e-3))
    if found is not None:
        moved = pearson([(one * scale + offset, other) for one, other in pairs])
        assert moved == pytest.approx(found, abs=1e-5)


@given(st.lists(st.tuples(any_float, any_float), max_size=30), st.integers(0, 3), st.sampled_from([1, -1]))
def test_no_series_is_a_crash(pairs: list[tuple[float, float]], lag: int, sign: int) -> None:
    child: list[Outcome] = [pair[0] for pair in pairs]
    parent: list[Outcome] = [pair[1] for pair in pairs]
    found = prove_influence(child, parent, lag, sign)
    assert found.correlation is None or -1 <= found.correlation <= 1
    assert found.p_value is None or 0 <= found.p_value <= 1
    component = prove_component(child, parent)
    assert component.median is None or component.median >= 0


# Which periods


def test_the_last_closed_periods() -> None:
    found = closed_periods(Calendar(), date(2026, 11, 29), COMPONENT_PERIODS)
    assert (found[0], found[-1], len(found)) == (
        Window(date(2025, 11, 1), date(2025, 12, 1)),
        Window(date(2026, 10, 1), date(2026, 11, 1)),
        12,
    )
    assert closed_periods(Calendar(), date(2026, 11, 30), 1) == (
        Window(date(2026, 11, 1), date(2026, 12, 1)),
    )


def test_custom_periods_may_be_few_and_leave_gaps() -> None:
    rows = tuple(
        CustomPeriod(date(2026, month, 1), date(2026, month, 20), f"P{month}") for month in (1, 3, 5)
    )
    calendar = Calendar(Grain.CUSTOM, custom_periods=rows)
    assert [period.since.month for period in closed_periods(calendar, date(2026, 4, 1), 9)] == [1, 3]
    assert [period.since.month for period in closed_periods(calendar, date(2026, 5, 19), 2)] == [3, 5]
    assert closed_periods(calendar, date(2026, 1, 18), 9) == ()
    assert closed_periods(calendar, date(2025, 1, 18), 9) == ()


def test_the_start_of_time_is_no_crash() -> None:
    assert [period.since.month for period in closed_periods(Calendar(), date(1, 3, 1), 9)] == [1, 2]
    assert closed_periods(Calendar(), date(1, 1, 1), 9) == ()
