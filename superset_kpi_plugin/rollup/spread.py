"""Targets entered for many periods at once: an amount spread over them, or last year's grown (section 2).

Section 3 makes the amount of it again: the sum of a flow's periods, the last period of a stock, the
day-weighted mean of a rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.types import OVERFLOW, Accumulation
from superset_kpi_plugin.rollup.window import Window

MAX_DECIMALS = 12


def spread_evenly(
    accumulation: Accumulation, periods: Sequence[Window], amount: float, decimals: int | None = None
) -> list[float]:
    """Equal parts per period for a flow, the same value for stock and rate.

    Rounded to `decimals` if given, in such a way that a flow's parts still sum to the rounded amount.
    """
    part = Fraction(1, len(periods)) if accumulation is Accumulation.FLOW else Fraction(1)
    return _rounded(accumulation, [_exact(amount) * part] * len(periods), decimals)


def spread_by_shape(
    accumulation: Accumulation,
    periods: Sequence[Window],
    amount: float,
    shape: Sequence[float],
    decimals: int | None = None,
) -> list[float]:
    """The amount in the proportions of another year's values, one for each period.

    Rounded as `spread_evenly` does.

    SpecError where these have no proportions: both signs, or nothing but zeros (for a stock, a last zero);
    and where they take the amount out of the range of floats.
    """
    if any(value > 0 for value in shape) and any(value < 0 for value in shape):
        raise SpecError(phrase("The values to take the shape from have both signs; spread evenly instead."))
    exact = [_exact(value) for value in shape]
    whole = _over(accumulation, periods, exact)
    if whole == 0:
        raise SpecError(phrase("The values to take the shape from are 0; spread evenly instead."))
    return _rounded(accumulation, [_exact(amount) * value / whole for value in exact], decimals)


def grow(values: Sequence[float], percent: float, decimals: int | None = None) -> list[float]:
    """Each value and `percent` of its size more: −10 grown by 20 % is −8. Each is rounded for itself.

    SpecError where one leaves the range of floats.
    """
    factor = _exact(percent) / 100
    grown = [_exact(value) + abs(_exact(value)) * factor for value in values]
    return [_float(value if decimals is None else round(value, decimals)) for value in grown]


def _over(accumulation: Accumulation, periods: Sequence[Window], values: Sequence[Fraction]) -> Fraction:
    """What whole periods' values come to over all of them, by section 3."""
    if accumulation is Accumulation.STOCK:
        return values[-1]
    if accumulation is Accumulation.FLOW:
        return sum(values, Fraction(0))
    days = sum(period.days for period in periods)
    pairs = zip(values, periods, strict=True)
    return sum((value * period.days for value, period in pairs), Fraction(0)) / days


def _rounded(accumulation: Accumulation, values: Sequence[Fraction], decimals: int | None) -> list[float]:
    if decimals is None:
        return [_float(value) for value in values]
    if accumulation is not Accumulation.FLOW:
        return [_float(round(value, decimals)) for value in values]
    unit = Fraction(1, 10**decimals)
    floors = [value // unit for value in values]
    short = round(sum(values, Fraction(0)) / unit) - sum(floors)
    # The largest remainders go up, the earlier period first where they are equal.
    order = sorted(range(len(values)), key=lambda index: floors[index] - values[index] / unit)
    up = set(order[:short])
    return [_float((floor + (index in up)) * unit) for index, floor in enumerate(floors)]


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        raise SpecError(OVERFLOW.message) from None


def _exact(value: float) -> Fraction:
    """The number as it was written: 0.1 is a tenth."""
    return Fraction(repr(value))
