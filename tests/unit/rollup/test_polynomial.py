import math
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup.polynomial import (
    Polynomial,
    add,
    extremes,
    multiply,
    negative,
    roots,
    sign_at,
)
from superset_kpi_plugin.rollup.rational import MAX_DEGREE, UNKNOWN, EntangledError, Rational, apply, constant
from superset_kpi_plugin.rollup.types import Operator

polynomials = st.lists(st.integers(-20, 20), max_size=6).map(lambda found: add(tuple(found), ()))


def at(one: Polynomial, number: float) -> Fraction:
    return sum((coefficient * Fraction(number) ** power for power, coefficient in enumerate(one)), Fraction())


@given(polynomials, polynomials, st.floats(-100, 100))
def test_arithmetic_is_exact(one: Polynomial, other: Polynomial, number: float) -> None:
    assert at(add(one, other), number) == at(one, number) + at(other, number)
    assert at(multiply(one, other), number) == at(one, number) * at(other, number)
    assert add(one, negative(one)) == ()
    value = at(one, number)
    assert sign_at(one, number) == (value > 0) - (value < 0)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        ((), ()),
        ((5,), ()),
        ((-6, 2), (3.0,)),
        ((0, 1), (0.0,)),
        ((25, -10, 1), (5.0,)),
        ((2, -3, 1), (1.0, 2.0)),
        ((1, 0, 1), ()),
        ((0, -1, 0, 1), (-1.0, 0.0, 1.0)),
        ((-(2**100), 1), (2.0**100,)),
    ],
)
def test_roots(one: Polynomial, expected: tuple[float, ...]) -> None:
    assert roots(one) == tuple((root, root) for root in expected)


def test_roots_between_two_floats() -> None:
    assert roots((-1, 3)) == ((math.nextafter(1 / 3, 0), 1 / 3),) or roots((-1, 3)) == (
        (1 / 3, math.nextafter(1 / 3, 1)),
    )
    (negative_root, positive_root) = roots((-2, 0, 1))
    assert negative_root[0] < -math.sqrt(2) + 1e-15
    assert positive_root[0] <= math.sqrt(2) <= positive_root[1]


def test_a_root_beyond_the_floats_is_none() -> None:
    assert roots((-(10**400), 1)) == ()
    assert roots((-int(sys.float_info.max), 1)) == ((sys.float_info.max, sys.float_info.max),)


def test_a_touch_between_floats_is_an_extreme() -> None:
    touching = (1, -6, 9)  # (3x − 1)²
    assert roots(touching) == ()
    ((low, high),) = extremes(touching)
    assert low <= 1 / 3 <= high


@settings(deadline=None)
@given(st.sets(st.integers(-1000, 1000).map(lambda number: number / 8), min_size=1, max_size=6))
def test_every_root_is_found(wanted: set[float]) -> None:
    product: Polynomial = (1,)
    for root in wanted:
        product = multiply(product, (-int(root * 8), 8))
    assert roots(product) == tuple((root, root) for root in sorted(wanted))


def test_a_division_by_nothing_is_none() -> None:
    nothing = apply(Operator.SUBTRACT, UNKNOWN, UNKNOWN)
    assert nothing is not None
    assert apply(Operator.DIVIDE, UNKNOWN, nothing) is None


def test_equal_denominators_stay_small() -> None:
    found = constant(0.0)
    for _ in range(100):
        quotient = apply(Operator.DIVIDE, constant(1.0), UNKNOWN)
        assert quotient is not None
        summed = apply(Operator.ADD, quotient, found) if found.top else quotient
        assert summed is not None
        found = summed
    assert (found.top, found.bottom) == ((100,), (0, 1))


def power_of_the_unknown(power: int) -> Rational:
    found = UNKNOWN
    for _ in range(power - 1):
        product = apply(Operator.MULTIPLY, found, UNKNOWN)
        assert product is not None
        found = product
    return found


def test_too_high_a_power_is_told() -> None:
    assert len(power_of_the_unknown(MAX_DEGREE).top) == MAX_DEGREE + 1
    with pytest.raises(EntangledError):
        power_of_the_unknown(MAX_DEGREE + 1)
