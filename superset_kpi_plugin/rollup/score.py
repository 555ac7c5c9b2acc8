"""Score: how the children stand, rolled up to their parent (section 5)."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import NamedTuple

from superset_kpi_plugin.rollup.types import (
    DisagreementKind,
    Outcome,
    RollupMethod,
    Status,
    Undefined,
)

# Looked up once: before Python 3.12 finding a member is a call.
_BEST = RollupMethod.BEST
_SHARE_ON_TRACK = RollupMethod.SHARE_ON_TRACK
_WORST = RollupMethod.WORST

TOLERANCE = 1e-9
"""How much rounding may blur a comparison with a threshold."""
DISAGREEMENT = 0.10
"""From which difference on goal and drivers tell different stories."""
_USUAL = (1e-100, 1e100)
"""Between these the largest weight is computed with as it is."""
_WELL = (Status.ACHIEVED, Status.ON_TRACK)


class Child(NamedTuple):
    """What a parent's score needs of one child; `score` is None where the child has none."""

    weight: float
    score: float | None
    coverage: float
    status: Status


def clamped(outcome: Outcome, cap: float) -> Outcome:
    """An attainment or pace within [0, cap]."""
    if isinstance(outcome, Undefined):
        return outcome
    return cap if outcome > cap else outcome if outcome > 0 else 0.0


def roll_up(method: RollupMethod, children: Sequence[Child], own: Outcome) -> Outcome:
    """A node's score over its children, or its own clamped attainment where none of them counts.

    Children without a score, or with weight 0, are left out, never counted as 0.
    """
    counted = [(child, child.score) for child in children if child.weight > 0 and child.score is not None]
    if not counted:
        return own
    scores = [score for _, score in counted]
    if method is _WORST:
        return min(scores)
    if method is _BEST:
        return max(scores)
    weights = [child.weight for child, _ in counted]
    if method is _SHARE_ON_TRACK:
        return weighted_mean([float(child.status in _WELL) for child, _ in counted], weights)
    return weighted_mean(scores, weights)


def coverage(children: Sequence[Child], has_score: bool) -> float:
    """The weighted share of the leaves below that have a score, 0 to 1; for a leaf its own 1 or 0."""
    counted = [child for child in children if child.weight > 0]
    if not counted:
        return 1.0 if has_score else 0.0
    return weighted_mean([child.coverage for child in counted], [child.weight for child in counted])


def weighted_mean(numbers: Sequence[float], weights: Sequence[float]) -> float:
    """Σ wᵢ·xᵢ / Σ wᵢ for weights above 0, never outside the range of the numbers."""
    largest = max(weights)
    if not _USUAL[0] < largest < _USUAL[1]:
        # Scaling by a power of two is exact and keeps extreme weights from overflowing.
        _, exponent = math.frexp(largest)
        weights = [math.ldexp(weight, -exponent) for weight in weights]
    mean = math.fsum(map(operator.mul, weights, numbers)) / math.fsum(weights)
    return min(max(mean, min(numbers)), max(numbers))


def disagreement(goal: Outcome, drivers: Outcome) -> DisagreementKind | None:
    """Which side falls short where the clamped goal and the score differ by more than 0.10."""
    if isinstance(goal, Undefined) or isinstance(drivers, Undefined):
        return None
    if abs(goal - drivers) <= DISAGREEMENT + TOLERANCE:
        return None
    return DisagreementKind.GOAL_MISSED if goal < drivers else DisagreementKind.DRIVERS_MISSED
