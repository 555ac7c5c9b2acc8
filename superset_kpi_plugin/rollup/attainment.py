"""Attainment: how far an actual meets its goal, 1.0 = met (section 4)."""

from __future__ import annotations

import math
from typing import NamedTuple

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


def attainment(direction: Direction, method: AttainmentMethod, actual: Outcome, goal: Goal) -> Outcome:
    """The actual against the goal; undefined with the first reason in the order actual, target, method."""
    if isinstance(actual, Undefined):
        return actual
    target = goal.target
    if isinstance(target, Undefined):
        return target
    if method is _BAND:
        return _against_band(actual, goal)
    if target is None:
        return Undefined(Reason.NO_TARGET, "There is no target; enter one for this period.")
    if method is _INVERSE:
        return _inverse(actual, target)
    if method is _BASELINE:
        return _from_baseline(direction, actual, target, goal.baseline)
    return _ratio(direction, actual, target)


def band(actual: float, lower: float, upper: float) -> Outcome:
    """1 inside the band, less by the distance relative to the nearest bound or the band's width outside."""
    distance = band_distance(actual, lower, upper)
    if distance == 0:
        return 1.0
    nearest = upper if distance > 0 else lower
    unit = max(abs(nearest), upper - lower)
    if unit == 0:
        return Undefined(Reason.BAND_ZERO, "The band is exactly 0, so no distance can be judged; widen it.")
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
        return Undefined(Reason.NO_BAND, "There is no band to stay inside; enter its lower and upper bound.")
    return goal.lower, goal.upper


def _against_band(actual: float, goal: Goal) -> Outcome:
    limits = bounds(goal)
    return limits if isinstance(limits, Undefined) else band(actual, *limits)


def _ratio(direction: Direction, actual: float, target: float) -> Outcome:
    if target == 0:
        return Undefined(
            Reason.TARGET_ZERO,
            "A target of 0 has no ratio; set a baseline, or read whether it is met from the status.",
        )
    # 1 ± (A − T) / |T|, written so that at a positive target an increase is exactly A / T.
    quotient = actual / target
    found = quotient if (direction is _INCREASE) == (target > 0) else 2 - quotient
    return found if math.isfinite(found) else OVERFLOW


def _inverse(actual: float, target: float) -> Outcome:
    if actual <= 0 or target <= 0:
        return Undefined(
            Reason.NOT_POSITIVE,
            "The inverse method needs an actual and a target above 0; choose another attainment method.",
        )
    return finite(target / actual)


def _from_baseline(direction: Direction, actual: float, target: float, baseline: Outcome | None) -> Outcome:
    if isinstance(baseline, Undefined):
        return baseline
    if baseline is None:
        return Undefined(Reason.NO_BASELINE, "There is no baseline to count from; enter one with the target.")
    if not (target > baseline if direction is _INCREASE else target < baseline):
        wanted = "above" if direction is Direction.INCREASE else "below"
        return Undefined(
            Reason.BASELINE_BEYOND_TARGET,
            f"The target must lie {wanted} the baseline for this direction; correct one of them.",
        )
    return _quotient(actual - baseline, target - baseline, 0.0)


def _quotient(part: float, whole: float, offset: float) -> Outcome:
    """offset + part / whole, where an overflow on the way is told instead of swallowed."""
    if math.isinf(whole):
        return finite(whole)
    return finite(offset + part / whole)
