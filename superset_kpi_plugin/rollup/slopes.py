"""Slopes: how far a formula's result moves with each of its operands between two states (section 8).

Next to every number stands by how many roundings it may be away from the exact one. A sum of numbers that
cancel is as far away as they were, and so by more roundings of its own; all else adds up. The logarithmic
mean is never further away, relatively, than the numbers it lies between.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, cast

from superset_kpi_plugin.rollup.arithmetic import Arithmetic, UnsureError
from superset_kpi_plugin.rollup.formula import Formula, Instruction
from superset_kpi_plugin.rollup.logmean import LOST
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.types import NumberT, Outcome, Reason, Undefined

_ADD, _SUBTRACT, _MULTIPLY, _DIVIDE = operator.add, operator.sub, operator.mul, operator.truediv
_SMALLEST, _LARGEST = sys.float_info.min, sys.float_info.max
_ALL = 1e100
"""As many roundings as leave nothing of a number."""
_FAR = 1e-9
"""Which relative error leaves a number's sign and its share of anything certain."""
_CROSSED = Undefined(
    Reason.DIVISION_BY_ZERO,
    phrase(
        "A number below a line of the formula is 0 or changes its sign between the two states, so nobody can "
        "say what came from it; compare other states."
    ),
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
    run = _compute(
        formula, cast("Mapping[str, float]", before), cast("Mapping[str, float]", after), arithmetic
    )
    return _CROSSED if run is None else _descend(formula, run, arithmetic)


_Run = tuple[list[NumberT], list[NumberT], list[float], NumberT]
"""Each step's results in both states, by how many roundings they are away, and the largest of operations."""


def _compute(
    formula: Formula,
    before: Mapping[str, float],
    after: Mapping[str, float],
    arithmetic: Arithmetic[NumberT],
) -> _Run[NumberT] | None:
    """The formula in both states; None where a denominator is not of one sign."""
    of = arithmetic.of
    old: list[NumberT] = []
    new: list[NumberT] = []
    lost: list[float] = []
    computed = [of(0.0)]
    for apply, key, number, left, right in formula.instructions:
        if apply is None:
            old.append(of(number if key is None else before[key]))
            new.append(of(number if key is None else after[key]))
            lost.append(0.0)
            continue
        x0, x1, y0, y1 = old[left], new[left], old[right], new[right]
        if apply is _DIVIDE and not _one_sign(y0, y1):
            return None
        v0, v1 = apply(x0, y0), apply(x1, y1)
        away = lost[left] + lost[right]
        if away and (apply is _SUBTRACT or (apply is _ADD and min(x0, x1, y0, y1) < 0)):
            away = max(_cancelled(away, x0, y0, v0), _cancelled(away, x1, y1, v1))
        old.append(v0)
        new.append(v1)
        lost.append(away + 1)
        computed += v0, v1
    return old, new, lost, max(max(computed), -min(computed))


def _descend(formula: Formula, run: _Run[NumberT], arithmetic: Arithmetic[NumberT]) -> Slopes[NumberT]:
    """From the last operation down: what a result moves by, its operands are moved by."""
    old, new, lost, highest = run
    values: list[NumberT] = list(map(abs, old + new))
    _assure(arithmetic, lost[-1], values)
    steps = formula.instructions
    found: dict[str, NumberT] = {}
    sizes: dict[str, NumberT] = {}
    reached = [arithmetic.of(1.0)] * len(steps)
    roundings = 1.0
    for place in range(len(steps) - 1, -1, -1):
        apply, key, _, left, right = steps[place]
        slope = reached[place]
        if apply is _ADD:
            reached[left] = reached[right] = slope
        elif apply is _SUBTRACT:
            reached[left], reached[right] = slope, -slope
        elif apply is not None:
            above, below, more = _pair(run, place, steps[place], arithmetic)
            reached[left], reached[right] = slope * above, slope * below
            roundings += more
        elif key is None:
            continue
        elif key in found:
            found[key] += slope
            sizes[key] += abs(slope)
            roundings += 1
        else:
            found[key], sizes[key] = slope, abs(slope)
    _assure(arithmetic, roundings, list(map(abs, reached)))
    return Slopes(found, sizes, roundings, old[-1], new[-1], lost[-1], highest, max(values))


def _assure(arithmetic: Arithmetic[NumberT], lost: float, sizes: Sequence[NumberT]) -> None:
    if lost * arithmetic.rounding > _FAR or not arithmetic.fits(sizes):
        raise UnsureError


def _pair(
    run: _Run[NumberT], place: int, step: Instruction, arithmetic: Arithmetic[NumberT]
) -> tuple[NumberT, NumberT, float]:
    """The slopes of a product's or quotient's operands, and how many roundings away they are."""
    old, new, lost, _ = run
    apply, _, _, left, right = step
    x0, x1, y0, y1, v0, v1 = old[left], new[left], old[right], new[right], old[place], new[place]
    times = apply is _MULTIPLY
    lost_x, lost_y = lost[left], lost[right]
    if _one_sign(x0, x1) and _one_sign(y0, y1) and _in_range(v0, v1):
        log_mean = arithmetic.log_mean
        mean = log_mean(v1, v0)
        below = mean / log_mean(y1, y0)
        more = lost[place] + max(lost_x, lost_y) + 2 * LOST + 2
        return mean / log_mean(x1, x0), below if times else -below, more
    lost_x = _cancelled(lost_x, x0, x1, x0 + x1)
    if times:
        more = max(lost_x, _cancelled(lost_y, y0, y1, y0 + y1)) + 2
        return (y0 + y1) / 2, (x0 + x1) / 2, more
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
