"""How a node's actual has changed since an earlier window (section 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.result import NodeResult
from superset_kpi_plugin.rollup.types import Direction, Reason, Undefined


@dataclass(frozen=True)
class Change:
    """`change` = actual − before, in the node's unit; `ratio` = change / |before|, 0.1 for ten percent more.

    `better` tells whether the change goes the wanted way, None where it does not say: no change, or one
    inside a band. What is None besides is explained by `reason`.
    """

    before: float | None
    change: float | None
    ratio: float | None
    better: bool | None
    reason: Undefined | None = None


def compared(direction: Direction, now: NodeResult, then: NodeResult) -> Change:
    """What became of a node since then."""
    if then.actual is None or now.actual is None:
        late = then if then.actual is None else now
        return Change(then.actual, None, None, None, late.reasons.get("actual"))
    change = now.actual - then.actual
    if not math.isfinite(change):
        reason = Undefined(Reason.OVERFLOW, phrase("The change is too large a number to compute."))
        return Change(then.actual, None, None, None, reason)
    better = _better(direction, change, now, then)
    ratio = change / abs(then.actual) if then.actual else math.inf
    if not math.isfinite(ratio):
        reason = Undefined(
            Reason.DIVISION_BY_ZERO,
            phrase("It was 0, or nearly: the change has no percentage; look at the amount."),
        )
        return Change(then.actual, change, None, better, reason)
    return Change(then.actual, change, ratio, better)


def _better(direction: Direction, change: float, now: NodeResult, then: NodeResult) -> bool | None:
    if direction is Direction.MAINTAIN:
        if now.attainment is None or then.attainment is None or now.attainment == then.attainment:
            return None
        return now.attainment > then.attainment
    return None if change == 0 else (change > 0) is (direction is Direction.INCREASE)
