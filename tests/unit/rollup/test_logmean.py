from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup.logmean import EXACT, log_mean, logarithm

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
        assert abs(log_mean(a, b, logarithm(a / b)) - Decimal(mean)) < Decimal("1e-15")
