"""Slopes: how far a formula's result moves with each of its operands between two states (section 8).

Next to every number stands by how many roundings it may be away from the exact one. A sum of numbers that
cancel is as far away as they were, and so by more roundings of its own; all else adds up. The logarithmic
mean is never further away, relatively, than the numbers it lies between.
"""

from __future__ import annotations

import itertools
import operator
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, cast

from superset_kpi_plugin.rollup.arithmetic import Arithmetic, UnsureError
from superset_kpi_plugin.rollup.formula import Formula, Instruction
from superset_kpi_plugin.rollup.logmean import LOST
from superset_kpi_plugin.rollup.types import NumberT, Outcome, Reason, Undefined

_SMALLEST, _LARGEST = sys.float_info.min, sys.float_info.max
_ALL = 1e100
"""As many roundings as leave nothing of a number."""
_FAR = 1e-9
"""Which relative error leaves a number's sign and its share of anything certain."""
_CROSSED = Undefined(
    Reason.DIVISION_BY_ZERO,
    "A number below a line of the formula is 0 or changes its sign between the two states, so nobody can say "
    "what came from it; compare other states.",
)


@dataclass(frozen=True)
class Slopes(Generic[NumberT]):
    """A formula's slope for each child it names, and how they came about.

    `sizes` are the sums of the absolute values that were added to each slope, which is away from the exact
    one by at most `roundings` of that. `old` and `new` are the formula's results, away by `lost` roundings of
    their own. `highest` is the largest absolute value of all operations' results, `largest` of operands too.
    """

    by_child: Mapping[str, NumberT]
    sizes: Mapping[str, NumberT]
    roundings: float
    old: NumberT
    new: NumberT
    lost: float
    highest: NumberT
    largest: NumberT


def slopes(
    formula: Formula,
    before: Mapping[str, Outcome],
    after: Mapping[str, Outcome],
    arithmetic: Arithmetic[NumberT],
) -> Slopes[NumberT] | Undefined:
    """Σ slope × the child's change is the change of the formula; numbers in it take no part.

    Undefined where a denominator is 0 or changes its sign. Both states hold numbers for all the children.
    UnsureError where the arithmetic cannot answer.
    """
    run = _Run(formula, before, after, arithmetic)
    return run.slopes() if run.defined else _CROSSED


class _Run(Generic[NumberT]):
    """A formula computed in both states, step by step, and its slopes on the way back."""

    def __init__(
        self,
        formula: Formula,
        before: Mapping[str, Outcome],
        after: Mapping[str, Outcome],
        arithmetic: Arithmetic[NumberT],
    ) -> None:
        self._steps = formula.instructions
        self._arithmetic: Arithmetic[NumberT] = arithmetic
        self._old: list[NumberT] = []
        self._new: list[NumberT] = []
        self._lost: list[float] = []
        self._computed: list[tuple[NumberT, NumberT]] = []
        self.defined = self._compute(cast("Mapping[str, float]", before), cast("Mapping[str, float]", after))

    def _compute(self, before: Mapping[str, float], after: Mapping[str, float]) -> bool:
        """Every step's results; False where a denominator is not of one sign."""
        of, old, new, lost = self._arithmetic.of, self._old, self._new, self._lost
        for apply, key, number, left, right in self._steps:
            if apply is None:
                old.append(of(number if key is None else before[key]))
                new.append(of(number if key is None else after[key]))
                lost.append(0.0)
                continue
            if apply is operator.truediv and not _one_sign(old[right], new[right]):
                return False
            x0, x1, y0, y1 = old[left], new[left], old[right], new[right]
            v0, v1 = apply(x0, y0), apply(x1, y1)
            away = lost[left] + lost[right]
            if away and (apply is operator.sub or (apply is operator.add and min(x0, x1, y0, y1) < 0)):
                away = max(_cancelled(away, x0, y0, v0), _cancelled(away, x1, y1, v1))
            old.append(v0)
            new.append(v1)
            lost.append(away + 1)
            self._computed.append((v0, v1))
        return True

    def slopes(self) -> Slopes[NumberT]:
        """From the last operation down: what a result moves by, its operands are moved by."""
        values: list[NumberT] = [abs(value) for value in itertools.chain(self._old, self._new)]
        self._assure(self._lost[-1], values)
        found: dict[str, NumberT] = {}
        sizes: dict[str, NumberT] = {}
        reached = [self._arithmetic.of(1.0)] * len(self._steps)
        roundings = 1.0
        for place in range(len(reached) - 1, -1, -1):
            apply, key, _, left, right = self._steps[place]
            slope = reached[place]
            if apply is operator.add:
                reached[left] = reached[right] = slope
            elif apply is operator.sub:
                reached[left], reached[right] = slope, -slope
            elif apply is not None:
                above, below, lost = self._pair(place, self._steps[place])
                reached[left], reached[right] = slope * above, slope * below
                roundings += lost
            elif key is None:
                continue
            elif key in found:
                found[key] += slope
                sizes[key] += abs(slope)
                roundings += 1
            else:
                found[key], sizes[key] = slope, abs(slope)
        self._assure(roundings, map(abs, reached))
        last, largest = self._lost[-1], max(values)
        highest = max(
            map(abs, itertools.chain.from_iterable(self._computed)), default=self._arithmetic.of(0.0)
        )
        return Slopes(found, sizes, roundings, self._old[-1], self._new[-1], last, highest, largest)

    def _assure(self, lost: float, sizes: Iterable[NumberT]) -> None:
        if lost * self._arithmetic.rounding > _FAR or not self._arithmetic.fits(sizes):
            raise UnsureError

    def _pair(self, place: int, step: Instruction) -> tuple[NumberT, NumberT, float]:
        """The slopes of a product's or quotient's operands, and how many roundings away they are."""
        apply, _, _, left, right = step
        x0, x1, y0, y1 = self._old[left], self._new[left], self._old[right], self._new[right]
        times = apply is operator.mul
        lost_x, lost_y = self._lost[left], self._lost[right]
        if _one_sign(x0, x1) and _one_sign(y0, y1) and _in_range(self._old[place], self._new[place]):
            log_mean = self._arithmetic.log_mean
            mean = log_mean(self._new[place], self._old[place])
            below = mean / log_mean(y1, y0)
            lost = self._lost[place] + max(lost_x, lost_y) + 2 * LOST + 2
            return mean / log_mean(x1, x0), below if times else -below, lost
        lost_x = _cancelled(lost_x, x0, x1, x0 + x1)
        if times:
            lost = max(lost_x, _cancelled(lost_y, y0, y1, y0 + y1)) + 2
            return (y0 + y1) / 2, (x0 + x1) / 2, lost
        return (1 / y0 + 1 / y1) / 2, -(x0 + x1) / (2 * y0 * y1), lost_x + 2 * lost_y + 5


def _one_sign(before: NumberT, after: NumberT) -> bool:
    """Whether a number is above 0 in both states, or below 0 in both."""
    return before > 0 < after or before < 0 > after


def _in_range(before: NumberT, after: NumberT) -> bool:
    """Whether a float holds a result in both states with all its digits."""
    return _SMALLEST <= abs(before) <= _LARGEST and _SMALLEST <= abs(after) <= _LARGEST


def _cancelled(lost: float, one: NumberT, other: NumberT, total: NumberT) -> float:
    """By how many roundings of its own a total is away, when both its parts are away by so many of theirs."""
    if not lost or not (one or other):
        return lost
    return min(lost * float((abs(one) + abs(other)) / abs(total)), _ALL) if total else _ALL
