import sys
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup.logmean import EXACT, LOST, log_mean, logarithm, quick_log_mean

MORE = Context(prec=90, Emax=EXACT.Emax, Emin=EXACT.Emin)
mantissas = st.floats(1, 10, exclude_max=True).map(Decimal)


@given(mantissas, st.integers(-700, 700))
def test_a_logarithm_has_55_digits(mantissa: Decimal, power: int) -> None:
    with localcontext(EXACT):
        number = mantissa.scaleb(power)
        found, expected = logarithm(number), MORE.ln(number)
        assert abs(found - expected) <= Decimal("1e-56") * max(abs(expected), Decimal(1))


@given(st.integers(-15, -1), st.floats(-9, 9))
def test_close_to_one_it_is_no_less_exact(power: int, part: float) -> None:
    with localcontext(EXACT):
        number = 1 + Decimal(part).scaleb(power - 1)
        assert abs(logarithm(number) - MORE.ln(number)) <= Decimal("1e-57")


@pytest.mark.parametrize("number", ["1", "10", "0.1", "9.999999999999999999999999", "1e-5000", "1e5000"])
def test_the_seams_of_a_logarithm(number: str) -> None:
    with localcontext(EXACT):
        exact = Decimal(number)
        assert abs(logarithm(exact) - MORE.ln(exact)) <= Decimal("1e-53")


@pytest.mark.parametrize(
    ("one", "other", "mean"),
    [(3, 3, "3"), (-3, -3, "-3"), (20, 10, "14.426950408889634"), (-10, -20, "-14.426950408889634")],
)
def test_the_logarithmic_mean(one: int, other: int, mean: str) -> None:
    with localcontext(EXACT):
        a, b = Decimal(one), Decimal(other)
        assert abs(log_mean(a, b) - Decimal(mean)) < Decimal("1e-15")


@given(
    st.floats(1e-60, 1e60),
    st.one_of(st.floats(1e-60, 1e60), st.floats(-1e-9, 1e-9)),
    st.sampled_from([1, -1]),
)
def test_in_floats_it_is_right_to_its_last_places(number: float, other: float, sign: int) -> None:
    one, other = sign * number, sign * (other if other > 1e-9 else number * (1 + other))
    with localcontext(EXACT):
        exact = log_mean(Decimal(one), Decimal(other))
        away = abs(Decimal(quick_log_mean(one, other)) - exact)
        assert away <= abs(exact) * Decimal(LOST * sys.float_info.epsilon)
