"""Forecast: where a period will end if it goes on like this (section 6)."""

from __future__ import annotations

import math

from superset_kpi_plugin.rollup.phrase import phrase
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
_NOT_FORECAST = Undefined(
    Reason.NOT_FORECAST, phrase("This node has no pace profile, so it is not projected.")
)
_TOO_EARLY = Undefined(
    Reason.TOO_EARLY,
    phrase(
        "Less than %(share)s of the window has elapsed; look again in a few days.", share=f"{EARLIEST:.0%}"
    ),
)


def forecast(accumulation: Accumulation, profile: PaceProfile, actual: Outcome, elapsed: float) -> Outcome:
    """The projected actual at the window's end: a flow's actual / elapsed, else the last actual."""
    if isinstance(actual, Undefined) or accumulation is not _FLOW:
        return actual
    if profile is _NONE:
        return _NOT_FORECAST
    if elapsed < EARLIEST:
        return _TOO_EARLY
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
