"""Slopes: how far a formula's result moves with each of its operands between two states (section 8)."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from superset_kpi_plugin.rollup.formula import Formula, Number, Ref
from superset_kpi_plugin.rollup.logmean import log_mean, logarithm
from superset_kpi_plugin.rollup.types import Operator, Reason, Undefined

# Looked up once: before Python 3.12 finding a member is a call.
_ADD = Operator.ADD
_MULTIPLY = Operator.MULTIPLY
_SUBTRACT = Operator.SUBTRACT

_ZERO, _ONE, _TWO = Decimal(0), Decimal(1), Decimal(2)
_SMALLEST, _LARGEST = Decimal(sys.float_info.min), Decimal(sys.float_info.max)
_CROSSED = Undefined(
    Reason.DIVISION_BY_ZERO,
    "A number below a line of the formula is 0 or changes its sign between the two states, so nobody can say "
    "what came from it; compare other states.",
)


class Move(NamedTuple):
    """A number in both states."""

    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """After − before."""
        return self.after - self.before

    @property
    def size(self) -> Decimal:
        """The larger absolute value."""
        return max(abs(self.before), abs(self.after))

    @property
    def mean(self) -> Decimal:
        """Halfway between the states."""
        return (self.before + self.after) / _TWO

    @property
    def one_sign(self) -> bool:
        """Whether it is above 0 in both states, or below 0 in both."""
        return self.before > _ZERO < self.after or self.before < _ZERO > self.after

    @property
    def log(self) -> Decimal:
        """ln(after / before), for a number of one sign."""
        return logarithm(self.after / self.before)

    def log_mean(self, log: Decimal) -> Decimal:
        """The logarithmic mean of both states, for a number of one sign, given its `log`."""
        return log_mean(self.after, self.before, log)


class Slopes(NamedTuple):
    """A formula's slope for each child it names, its result, and the largest result of all operations."""

    by_child: Mapping[str, Decimal]
    result: Move
    largest: Decimal


def slopes(formula: Formula, children: Mapping[str, Move]) -> Slopes | Undefined:
    """Σ slope × the child's change is the change of the formula; numbers in it take no part.

    Undefined where a denominator is 0 or changes its sign. To be called within `logmean.EXACT`.
    """
    results: list[Move] = []
    operands: list[tuple[int, int]] = []
    waiting: list[int] = []
    for step in formula.steps:
        place = len(results)
        if isinstance(step, Operator):
            right = waiting.pop()
            left = waiting[-1]
            result = _apply(step, results[left], results[right])
            if result is None:
                return _CROSSED
            results.append(result)
            operands.append((left, right))
            waiting[-1] = place
        else:
            results.append(_operand(step, children))
            operands.append((place, place))
            waiting.append(place)
    largest = max(map(abs, itertools.chain.from_iterable(results)))
    return Slopes(_by_child(formula, results, operands), results[-1], largest)


def _operand(step: Number | Ref, children: Mapping[str, Move]) -> Move:
    if isinstance(step, Ref):
        return children[step.key]
    value = Decimal(step.value)
    return Move(value, value)


def _apply(operator: Operator, left: Move, right: Move) -> Move | None:
    """The operation in both states; None where a denominator is not of one sign."""
    if operator is _ADD:
        return Move(left.before + right.before, left.after + right.after)
    if operator is _SUBTRACT:
        return Move(left.before - right.before, left.after - right.after)
    if operator is _MULTIPLY:
        return Move(left.before * right.before, left.after * right.after)
    return Move(left.before / right.before, left.after / right.after) if right.one_sign else None


def _by_child(
    formula: Formula, results: Sequence[Move], operands: Sequence[tuple[int, int]]
) -> dict[str, Decimal]:
    """From the last operation down: what a result moves by, its operands are moved by."""
    found: dict[str, Decimal] = {}
    reached = [_ZERO] * len(results)
    reached[-1] = _ONE
    for place in range(len(results) - 1, -1, -1):
        step, slope = formula.steps[place], reached[place]
        if isinstance(step, Ref):
            found[step.key] = found[step.key] + slope if step.key in found else slope
        elif step is _ADD or step is _SUBTRACT:
            left, right = operands[place]
            reached[left] = slope
            reached[right] = slope if step is _ADD else -slope
        elif isinstance(step, Operator):
            left, right = operands[place]
            one, other = _pair(step, results[left], results[right], results[place])
            reached[left] = slope * one
            reached[right] = slope * other
    return found


def _pair(operator: Operator, left: Move, right: Move, result: Move) -> tuple[Decimal, Decimal]:
    """The slopes of both operands of a product or quotient."""
    times = operator is _MULTIPLY
    if left.one_sign and right.one_sign and _in_range(result):
        one, other = left.log, right.log
        mean = result.log_mean(one + other if times else one - other)
        below = mean / right.log_mean(other)
        return mean / left.log_mean(one), below if times else -below
    if times:
        return right.mean, left.mean
    return (1 / right.before + 1 / right.after) / 2, -left.mean / (right.before * right.after)


def _in_range(result: Move) -> bool:
    """Whether a float holds the result in both states with all its digits."""
    return all(_SMALLEST <= abs(value) <= _LARGEST for value in result)
