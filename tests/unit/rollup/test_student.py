import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup.student import incomplete_beta, p_value

# Computed with mpmath in 40 digits, and with scipy.stats.t.
CHANCES = [
    (0.5, 3, 0.66666666666666667),
    (0.5, 8, 0.20703125),
    (-0.7, 8, 0.053223750000000022),
    (0.632, 10, 0.049951112184977159),
    (0.404, 24, 0.050240154869003934),
    (0.95, 24, 1.3340960460103559e-12),
    (0.999, 24, 3.4287376799940079e-31),
    (1e-06, 24, 0.99999629986190797),
    (0.3, 1000, 3.0374833803511221e-22),
    (0.02, 100000, 2.5305413936457126e-10),
]
BETAS = [
    (0.1, 0.5, 0.5, 0.20483276469913346),
    (0.5, 2, 3, 0.6875),
    (0.9, 11, 0.5, 0.13221310479135274),
    (1e-10, 3, 0.5, 3.1250000001171878e-31),
    (0.999999, 0.5, 0.5, 0.99936338012151992),
    (0.3, 50, 70, 0.0035661350059569701),
    (0.25, 0.5, 11, 0.98715457903199422),
]


@pytest.mark.parametrize(("correlation", "count", "expected"), CHANCES)
def test_chances(correlation: float, count: int, expected: float) -> None:
    # lgamma of large arguments costs a few digits.
    assert p_value(correlation, count) == pytest.approx(expected, rel=1e-12 * max(1, count / 100), abs=0)


@pytest.mark.parametrize(("x", "a", "b", "expected"), BETAS)
def test_incomplete_betas(x: float, a: float, b: float, expected: float) -> None:
    assert incomplete_beta(x, a, b) == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("count", "five_percent", "one_percent"),
    [(5, 0.8783, 0.9587), (8, 0.7067, 0.8343), (12, 0.5760, 0.7079), (24, 0.4044, 0.5151)],
)
def test_the_printed_table_of_critical_correlations(
    count: int, five_percent: float, one_percent: float
) -> None:
    assert p_value(five_percent, count) == pytest.approx(0.05, abs=1e-4)
    assert p_value(one_percent, count) == pytest.approx(0.01, abs=1e-4)


def test_the_ends() -> None:
    assert (p_value(0.0, 8), p_value(1.0, 8), p_value(-1.0, 3)) == (1.0, 0.0, 0.0)


@given(st.integers(0, 2**30), st.floats(0.5, 50), st.floats(0.5, 50))
def test_both_sides_sum_to_1(part: int, a: float, b: float) -> None:
    x = part / 2**30  # as 1 - x too has no rounding
    found = incomplete_beta(x, a, b)
    assert 0 <= found <= 1
    assert found + incomplete_beta(1 - x, b, a) == pytest.approx(1, abs=1e-9)


@given(st.floats(-1, 1), st.integers(3, 60))
def test_a_chance_falls_with_strength_whatever_the_sign(correlation: float, count: int) -> None:
    chance = p_value(correlation, count)
    assert 0 <= chance <= 1
    assert chance == p_value(-correlation, count)
    assert p_value(math.copysign(min(abs(correlation) + 0.1, 1), correlation), count) <= chance + 1e-12
