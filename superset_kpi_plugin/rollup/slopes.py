"""Slopes: how far a formula's result moves with each of its operands between two states (section 8)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from superset_kpi_plugin.rollup.formula import Formula, Number, Ref
from superset_kpi_plugin.rollup.logmean import log_mean
from superset_kpi_plugin.rollup.types import Operator, Reason, Undefined

_SMALLEST, _LARGEST = Decimal(sys.float_info.min), Decimal(sys.float_info.max)
_CROSSED = Undefined(
    Reason.DIVISION_BY_ZERO,
    "A number below a line of the formula is 0 or changes its sign between the two states, so nobody can say "
    "what came from it; compare other states.",
)


@dataclass(frozen=True)
class Move:
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
        return (self.before + self.after) / 2

    @property
    def one_sign(self) -> bool:
        """Whether it is above 0 in both states, or below 0 in both."""
        return self.before > 0 < self.after or self.before < 0 > self.after

    @property
    def log_mean(self) -> Decimal:
        """The logarithmic mean of both states, for a number of one sign."""
        return log_mean(self.after, self.before)


@dataclass(frozen=True)
class Slopes:
    """A formula's slope for each child it names, and the largest absolute result of its operations."""

    by_child: Mapping[str, Decimal]
    largest: Decimal


def slopes(formula: Formula, children: Mapping[str, Move]) -> Slopes | Undefined:
    """Σ slope × the child's change is the change of the formula; numbers in it take no part.

    Undefined where a denominator is 0 or changes its sign. To be called within `logmean.EXACT`.
    """
    done: list[_Done] = []
    waiting: list[int] = []
    for step in formula.steps:
        if isinstance(step, Operator):
            right, left = waiting.pop(), waiting.pop()
            result = _apply(step, done[left].result, done[right].result)
            if result is None:
                return _CROSSED
            done.append(_Done(result, None, step, left, right))
        else:
            done.append(_operand(step, children))
        waiting.append(len(done) - 1)
    return Slopes(_by_child(done), max(item.result.size for item in done))


@dataclass(frozen=True)
class _Done:
    """One step of a formula in both states; an operation knows where its operands stand."""

    result: Move
    key: str | None = None
    operator: Operator | None = None
    left: int = -1
    right: int = -1


def _operand(step: Number | Ref, children: Mapping[str, Move]) -> _Done:
    if isinstance(step, Ref):
        return _Done(children[step.key], step.key)
    value = Decimal(step.value)
    return _Done(Move(value, value))


def _apply(operator: Operator, left: Move, right: Move) -> Move | None:
    """The operation in both states; None where a denominator is not of one sign."""
    if operator is Operator.ADD:
        return Move(left.before + right.before, left.after + right.after)
    if operator is Operator.SUBTRACT:
        return Move(left.before - right.before, left.after - right.after)
    if operator is Operator.MULTIPLY:
        return Move(left.before * right.before, left.after * right.after)
    return Move(left.before / right.before, left.after / right.after) if right.one_sign else None


def _by_child(done: list[_Done]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    reached = [Decimal(0)] * len(done)
    reached[-1] = Decimal(1)
    for index in range(len(done) - 1, -1, -1):
        item, slope = done[index], reached[index]
        if item.key is not None:
            found[item.key] = found.get(item.key, Decimal(0)) + slope
        elif item.operator is not None:
            left, right = _pair(item.operator, done[item.left].result, done[item.right].result, item.result)
            reached[item.left] = slope * left
            reached[item.right] = slope * right
    return found


def _pair(operator: Operator, left: Move, right: Move, result: Move) -> tuple[Decimal, Decimal]:
    """The slopes of both operands."""
    one = Decimal(1)
    if operator is Operator.ADD:
        return one, one
    if operator is Operator.SUBTRACT:
        return one, -one
    if left.one_sign and right.one_sign and _in_range(result):
        mean = result.log_mean
        below = mean / right.log_mean
        return mean / left.log_mean, below if operator is Operator.MULTIPLY else -below
    if operator is Operator.MULTIPLY:
        return right.mean, left.mean
    return (1 / right.before + 1 / right.after) / 2, -left.mean / (right.before * right.after)


def _in_range(result: Move) -> bool:
    """Whether a float holds the result in both states with all its digits."""
    return all(_SMALLEST <= abs(value) <= _LARGEST for value in (result.before, result.after))
