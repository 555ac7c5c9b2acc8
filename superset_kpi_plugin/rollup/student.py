"""Student's t: how likely chance alone brings a correlation this strong (section 7)."""

from __future__ import annotations

import math

_MOST_STEPS = 10_000
_ENOUGH = 1e-16
_TINY = 1e-300


def p_value(correlation: float, count: int) -> float:
    """Two-sided, for Pearson's correlation of `count` pairs, at least three.

    With ν = count − 2 and t = r √(ν / (1 − r²)) it is I(1 − r²; ν/2, 1/2).
    """
    unexplained = max((1 - correlation) * (1 + correlation), 0.0)
    return _beta(unexplained, correlation * correlation, (count - 2) / 2, 0.5)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I(x; a, b) for x in [0, 1] and a, b > 0."""
    return _beta(x, 1 - x, a, b)


def _beta(x: float, rest: float, a: float, b: float) -> float:
    """I(x; a, b) where 1 − x is known better than x can tell.

    By its continued fraction on the side where that converges fast (Numerical Recipes, section 6.4).
    """
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    powers = a * _logarithm(x, rest) + b * _logarithm(rest, x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + powers)
    if x < (a + 1) / (a + b + 2):
        return min(front * _fraction(x, a, b) / a, 1.0)
    return max(1 - front * _fraction(rest, b, a) / b, 0.0)


def _logarithm(x: float, rest: float) -> float:
    """ln x, from whichever of x and 1 − x is smaller."""
    return math.log(x) if x < rest else math.log1p(-rest)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, from the front (Lentz's method)."""
    above, below = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    found = below
    for step in range(1, _MOST_STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            below = 1 / _apart(1 + term * below)
            above = _apart(1 + term / above)
            found *= above * below
        if abs(above * below - 1) <= _ENOUGH:
            break
    return found


def _apart(number: float) -> float:
    """A divisor, kept away from 0."""
    return number if abs(number) > _TINY else _TINY
