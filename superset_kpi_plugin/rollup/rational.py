"""Rational functions: what a formula is of one unknown number, exactly (section 9).

Nothing is cancelled but equal denominators, so that every place where a formula divides by zero stays known.
"""

from __future__ import annotations

from dataclasses import dataclass

from superset_kpi_plugin.rollup import polynomial
from superset_kpi_plugin.rollup.polynomial import Polynomial
from superset_kpi_plugin.rollup.types import Operator

MAX_DEGREE = 24
"""The highest power of the unknown that is solved for."""

_ONE: Polynomial = (1,)


class EntangledError(ValueError):
    """An unknown that takes part in its own formula more often than can be solved for."""


@dataclass(frozen=True)
class Rational:
    """One polynomial over another that is not 0 everywhere."""

    top: Polynomial
    bottom: Polynomial = _ONE

    @property
    def digits(self) -> int:
        """How many digits all of its numbers have, as the computer counts them."""
        return polynomial.digits(self.top) + polynomial.digits(self.bottom)


UNKNOWN = Rational((0, 1))


def constant(number: float) -> Rational:
    """A known number."""
    top, bottom = number.as_integer_ratio()
    return Rational((top,) if top else (), (bottom,))


def apply(operator: Operator, left: Rational, right: Rational) -> Rational | None:
    """The operation; None where it divides by zero everywhere. EntangledError above MAX_DEGREE."""
    found = _apply(operator, left, right)
    if found is not None and max(len(found.top), len(found.bottom)) - 1 > MAX_DEGREE:
        raise EntangledError
    return found


def _apply(operator: Operator, left: Rational, right: Rational) -> Rational | None:
    if operator is Operator.MULTIPLY:
        return Rational(
            polynomial.multiply(left.top, right.top), polynomial.multiply(left.bottom, right.bottom)
        )
    one, other, bottom = _alike(left, right)
    if operator is Operator.DIVIDE:
        return Rational(one, other) if other else None
    other = other if operator is Operator.ADD else polynomial.negative(other)
    return Rational(polynomial.add(one, other), bottom)


def _alike(left: Rational, right: Rational) -> tuple[Polynomial, Polynomial, Polynomial]:
    """Both tops over one bottom."""
    if left.bottom == right.bottom:
        return left.top, right.top, left.bottom
    if len(left.bottom) == 1 == len(right.bottom):
        one, other = left.bottom[0], right.bottom[0]
        if one % other == 0:
            return left.top, polynomial.multiply(right.top, (one // other,)), left.bottom
        if other % one == 0:
            return polynomial.multiply(left.top, (other // one,)), right.top, right.bottom
    return (
        polynomial.multiply(left.top, right.bottom),
        polynomial.multiply(right.top, left.bottom),
        polynomial.multiply(left.bottom, right.bottom),
    )
