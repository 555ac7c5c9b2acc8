"""Forecast: where a period will end if it goes on like this (section 6)."""

from __future__ import annotations

import math

from superset_kpi_plugin.rollup.types import (
    OVERFLOW,
    Accumulation,
    Outcome,
    PaceProfile,
    Reason,
    Undefined,
)

# Looked up once: before Python 3.12 finding a member is a call.
_FLOW = Accumulation.FLOW
_NONE = PaceProfile.NONE

EARLIEST = 0.05
"""The elapsed share from which on a flow is projected."""


def forecast(accumulation: Accumulation, profile: PaceProfile, actual: Outcome, elapsed: float) -> Outcome:
    """The projected actual at the window's end: a flow's actual / elapsed, else the last actual."""
    if isinstance(actual, Undefined) or accumulation is not _FLOW:
        return actual
    if profile is _NONE:
        return Undefined(Reason.NOT_FORECAST, "This node has no pace profile, so it is not projected.")
    if elapsed < EARLIEST:
        return Undefined(
            Reason.TOO_EARLY, f"Less than {EARLIEST:.0%} of the window has elapsed; look again in a few days."
        )
    projected = actual / elapsed
    return projected if math.isfinite(projected) else OVERFLOW


def needed_per_day(actual: Outcome, target: Outcome | None, remaining_days: int) -> Outcome | None:
    """What each remaining day must add to meet the target, in the node's unit; None when no day remains."""
    if remaining_days == 0 or target is None:
        return None
    if isinstance(actual, Undefined):
        return actual
    if isinstance(target, Undefined):
        return target
    needed = (target - actual) / remaining_days
    return needed if math.isfinite(needed) else OVERFLOW
