"""The logarithmic mean of two numbers of one sign, in floats and in many digits (section 8)."""

from __future__ import annotations

import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import cache

EXACT = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Where contributions are computed: far beyond floats, so that whatever cancels leaves enough digits."""

LOST = 10.0
"""How many roundings, at most, a logarithmic mean in floats is away from the exact one."""

_CLOSE = Decimal("1e-15")
_TEN, _HALF, _ONE, _TWO = Decimal(10), Decimal("0.5"), Decimal(1), Decimal(2)
_FINE = 1000
"""Into how many parts the second step of a logarithm cuts 1."""
_ODD = [EXACT.divide(_TWO, Decimal(power)) for power in range(17, 0, -2)]


def logarithm(number: Decimal) -> Decimal:
    """ln of a number above 0, to some 55 digits; a tenth of what `Decimal.ln` costs.

    The number is a power of ten × two digits × a few thousandths more than 1 × almost 1. Of the first three
    the logarithms are remembered, of the last it is 2 artanh((r − 1) / (r + 1)), whose series is short. To be
    called within EXACT.
    """
    power = number.adjusted()
    digits, rest = _nearby(int(number.scaleb(1 - power)))
    number = number.scaleb(1 - power) * rest
    thousandths, rest = _hardly(int(number * _FINE + _HALF))
    number *= rest
    part = (number - _ONE) / (number + _ONE)
    square, series = part * part, _ODD[0]
    for coefficient in _ODD[1:]:
        series = series * square + coefficient
    return power * _ln_ten() + digits + thousandths + part * series


def log_mean(one: Decimal, other: Decimal) -> Decimal:
    """L(a, b) = (a − b) / ln(a / b), and L(a, a) = a; both above or both below 0. As `logarithm`."""
    change = one - other
    step = change / other
    if abs(step) < _CLOSE:
        # The quotient's own rounding would weigh more than its logarithm; five terms are exact here.
        series = 1 + step / 2 - step**2 / 12 + step**3 / 24 - 19 * step**4 / 720
        return other * series
    return change / logarithm(one / other)


def quick_log_mean(one: float, other: float) -> float:
    """The same in floats, to `LOST` roundings."""
    if one == other:
        return one
    change = one - other
    step = change / other
    return change / (math.log1p(step) if -0.5 < step < 0.5 else math.log(one / other))


@cache
def _ln_ten() -> Decimal:
    return EXACT.ln(_TEN)


@cache
def _nearby(tenths: int) -> tuple[Decimal, Decimal]:
    """The middle of a unit from 10 to 100: the logarithm of a tenth of it, and one over it."""
    middle = tenths + _HALF
    return EXACT.ln(EXACT.divide(middle, _TEN)), EXACT.divide(_ONE, middle)


@cache
def _hardly(thousandths: int) -> tuple[Decimal, Decimal]:
    """The logarithm of so many thousandths, near 1, and one over them."""
    near = EXACT.divide(Decimal(thousandths), Decimal(_FINE))
    return EXACT.ln(near), EXACT.divide(_ONE, near)
