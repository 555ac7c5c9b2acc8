"""Score: how the children stand, rolled up to their parent (section 5)."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence

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


def clamped(outcome: Outcome, cap: float) -> Outcome:
    """An attainment or pace within [0, cap]."""
    if isinstance(outcome, Undefined):
        return outcome
    return cap if outcome > cap else outcome if outcome > 0 else 0.0


def roll_up(
    method: RollupMethod,
    weights: Sequence[float],
    scores: Sequence[float | None],
    statuses: Sequence[Status],
    own: Outcome,
) -> Outcome:
    """A node's score over its children's; with none left, its own clamped attainment.

    Weights are above 0. None is the score of a child that has none: it is left out, never counted as 0.
    """
    known = [score for score in scores if score is not None]
    if not known:
        return own
    if method is _WORST:
        return min(known)
    if method is _BEST:
        return max(known)
    if method is _SHARE_ON_TRACK:
        pairs = zip(statuses, scores, strict=True)
        known = [float(status in _WELL) for status, score in pairs if score is not None]
    if len(known) < len(scores):
        weights = [weight for weight, score in zip(weights, scores, strict=True) if score is not None]
    return weighted_mean(known, weights)


def weighted_mean(numbers: Sequence[float], weights: Sequence[float]) -> float:
    """Σ wᵢ·xᵢ / Σ wᵢ for weights above 0, never outside the range of the numbers."""
    lowest, highest = min(numbers), max(numbers)
    if lowest == highest:
        return lowest
    largest = max(weights)
    if not _USUAL[0] < largest < _USUAL[1]:
        # Scaling by a power of two is exact and keeps extreme weights from overflowing.
        _, exponent = math.frexp(largest)
        weights = [math.ldexp(weight, -exponent) for weight in weights]
    mean = math.fsum(map(operator.mul, weights, numbers)) / math.fsum(weights)
    return min(max(mean, lowest), highest)


def disagreement(goal: Outcome, drivers: Outcome) -> DisagreementKind | None:
    """Which side falls short where the clamped goal and the score differ by more than 0.10."""
    if isinstance(goal, Undefined) or isinstance(drivers, Undefined):
        return None
    if abs(goal - drivers) <= DISAGREEMENT + TOLERANCE:
        return None
    return DisagreementKind.GOAL_MISSED if goal < drivers else DisagreementKind.DRIVERS_MISSED
