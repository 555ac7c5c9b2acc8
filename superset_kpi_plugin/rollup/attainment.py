"""Attainment: how far an actual meets its goal, 1.0 = met (section 4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.types import (
    OVERFLOW,
    AttainmentMethod,
    Direction,
    Outcome,
    Reason,
    Undefined,
    finite,
)

# Looked up once: before Python 3.12 finding a member is a call.
_BAND = AttainmentMethod.BAND
_BASELINE = AttainmentMethod.BASELINE
_INVERSE = AttainmentMethod.INVERSE
_RATIO = AttainmentMethod.RATIO
_INCREASE = Direction.INCREASE
_MAINTAIN = Direction.MAINTAIN

_NO_TARGET = Undefined(Reason.NO_TARGET, phrase("There is no target; enter one for this period."))
_TARGET_ZERO = Undefined(
    Reason.TARGET_ZERO,
    phrase("A target of 0 has no ratio; set a baseline, or read whether it is met from the status."),
)
_NOT_POSITIVE = Undefined(
    Reason.NOT_POSITIVE,
    phrase("The inverse method needs an actual and a target above 0; choose another attainment method."),
)
_NO_BASELINE = Undefined(
    Reason.NO_BASELINE, phrase("There is no baseline to count from; enter one with the target.")
)
_ABOVE, _BELOW = (
    Undefined(Reason.BASELINE_BEYOND_TARGET, why)
    for why in (
        phrase("The target must lie above the baseline for this direction; correct one of them."),
        phrase("The target must lie below the baseline for this direction; correct one of them."),
    )
)


class Goal(NamedTuple):
    """What an actual is measured against. None: nobody set it; for `target`: the band stands for it."""

    target: Outcome | None
    baseline: Outcome | None = None
    lower: Outcome | None = None
    upper: Outcome | None = None


def method_for(direction: Direction, chosen: AttainmentMethod | None, goal: Goal) -> AttainmentMethod:
    """The node's choice, else `band` for maintain, `baseline` where one is set, `ratio`."""
    if chosen is not None:
        return chosen
    if direction is _MAINTAIN:
        return _BAND
    return _RATIO if goal.baseline is None else _BASELINE


Attain = Callable[[float, Goal], Outcome]
"""The attainment of an actual against a goal by one method, for one direction."""


def attainment(direction: Direction, method: AttainmentMethod, actual: Outcome, goal: Goal) -> Outcome:
    """The actual against the goal; undefined with the first reason in the order actual, target, method."""
    return actual if isinstance(actual, Undefined) else attain_by(direction, method)(actual, goal)


def attain_by(direction: Direction, method: AttainmentMethod) -> Attain:
    """How `attainment` is found of actuals that are known."""
    if method is _BAND:
        return _against_band
    if method is _INVERSE:
        return _inverse
    rising = direction is _INCREASE
    if method is _BASELINE:
        return _rising_from_baseline if rising else _falling_from_baseline
    return _rising_ratio if rising else _falling_ratio


def band(actual: float, lower: float, upper: float) -> Outcome:
    """1 inside the band, less by the distance relative to the nearest bound or the band's width outside."""
    distance = band_distance(actual, lower, upper)
    if distance == 0:
        return 1.0
    nearest = upper if distance > 0 else lower
    unit = max(abs(nearest), upper - lower)
    if unit == 0:
        return Undefined(
            Reason.BAND_ZERO, phrase("The band is exactly 0, so no distance can be judged; widen it.")
        )
    return _quotient(-abs(distance), unit, 1.0)


def band_distance(actual: float, lower: float, upper: float) -> float:
    """How far the actual lies above (+) or below (−) the band, 0 inside."""
    return max(actual - upper, 0.0) + min(actual - lower, 0.0)


def bounds(goal: Goal) -> tuple[float, float] | Undefined:
    """Both bounds of the goal's band, or why there are none."""
    if isinstance(goal.lower, Undefined):
        return goal.lower
    if isinstance(goal.upper, Undefined):
        return goal.upper
    if goal.lower is None or goal.upper is None:
        return Undefined(
            Reason.NO_BAND, phrase("There is no band to stay inside; enter its lower and upper bound.")
        )
    return goal.lower, goal.upper


def _against_band(actual: float, goal: Goal) -> Outcome:
    if isinstance(goal.target, Undefined):
        return goal.target
    limits = bounds(goal)
    return limits if isinstance(limits, Undefined) else band(actual, *limits)


def _rising_ratio(actual: float, goal: Goal) -> Outcome:
    # 1 ± (A − T) / |T|, written so that at a positive target an increase is exactly A / T.
    target = goal.target
    if target is None or isinstance(target, Undefined) or target == 0:
        return _no_ratio(target)
    found = actual / target if target > 0 else 2 - actual / target
    return found if math.isfinite(found) else OVERFLOW


def _falling_ratio(actual: float, goal: Goal) -> Outcome:
    target = goal.target
    if target is None or isinstance(target, Undefined) or target == 0:
        return _no_ratio(target)
    found = 2 - actual / target if target > 0 else actual / target
    return found if math.isfinite(found) else OVERFLOW


def _no_ratio(target: Outcome | None) -> Undefined:
    return _TARGET_ZERO if isinstance(target, float) else target or _NO_TARGET


def _inverse(actual: float, goal: Goal) -> Outcome:
    target = goal.target
    if target is None or isinstance(target, Undefined):
        return target or _NO_TARGET
    if actual <= 0 or target <= 0:
        return _NOT_POSITIVE
    return finite(target / actual)


def _rising_from_baseline(actual: float, goal: Goal) -> Outcome:
    return _from_baseline(actual, goal, 1.0)


def _falling_from_baseline(actual: float, goal: Goal) -> Outcome:
    return _from_baseline(actual, goal, -1.0)


def _from_baseline(actual: float, goal: Goal, sign: float) -> Outcome:
    target, baseline = goal.target, goal.baseline
    if target is None or isinstance(target, Undefined):
        return target or _NO_TARGET
    if baseline is None or isinstance(baseline, Undefined):
        return baseline or _NO_BASELINE
    if not target * sign > baseline * sign:
        return _ABOVE if sign > 0 else _BELOW
    return _quotient(actual - baseline, target - baseline, 0.0)


def _quotient(part: float, whole: float, offset: float) -> Outcome:
    """offset + part / whole, where an overflow on the way is told instead of swallowed."""
    if math.isinf(whole):
        return finite(whole)
    return finite(offset + part / whole)
