"""Dated amounts over a window: one rule for targets, baselines, bands and typed-in actuals (section 3)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from superset_kpi_plugin.rollup.types import Accumulation, Outcome, finite
from superset_kpi_plugin.rollup.window import Window


class Dated(Protocol):
    """A row over `[start, end)`."""

    @property
    def start(self) -> date:
        """The first day."""

    @property
    def end(self) -> date:
        """The day after the last."""


Part = tuple[int, int]
"""Numerator and denominator of a share, kept apart so that whole days stay exact."""

RowT = TypeVar("RowT", bound=Dated)


def relevant(accumulation: Accumulation, rows: Sequence[RowT], window: Window) -> Sequence[RowT]:
    """Of rows in order, those that overlap the window; for a stock only the last of them."""
    first = bisect_right(rows, window.since, key=lambda row: row.end)
    after = bisect_left(rows, window.until, key=lambda row: row.start)
    found = rows[first:after]
    return found[-1:] if accumulation is Accumulation.STOCK else found


def missing(accumulation: Accumulation, rows: Sequence[Dated], window: Window) -> tuple[Window, ...]:
    """The days of the window its relevant rows leave out; for a stock only its end matters."""
    gaps: list[Window] = []
    reached = window.since
    for row in rows:
        if row.start > reached:
            gaps.append(Window(reached, row.start))
        reached = max(reached, row.end)
    if reached < window.until:
        gaps.append(Window(reached, window.until))
    if accumulation is Accumulation.STOCK:
        gaps = [gap for gap in gaps if gap.until == window.until]
    return tuple(gaps)


def parts(accumulation: Accumulation, rows: Sequence[Dated], window: Window) -> list[Part]:
    """How much of each relevant row counts: for a flow the overlapped share of its days, for a rate its share
    of the covered days, for a stock all of the only one."""
    if accumulation is Accumulation.STOCK:
        return [(1, 1)] * len(rows)
    days = [window.overlap(row.start, row.end) for row in rows]
    if accumulation is Accumulation.RATE:
        covered = sum(days)
        return [(part, covered) for part in days]
    return [(part, (row.end - row.start).days) for row, part in zip(rows, days, strict=True)]


def over(accumulation: Accumulation, numbers: Sequence[float], shares: Sequence[Part]) -> Outcome:
    """What the rows' numbers amount to, given their `parts`; `overflow` out of the range of floats."""
    pairs = zip(numbers, shares, strict=True)
    total = sum(number if part == whole else number * part / whole for number, (part, whole) in pairs)
    if accumulation is Accumulation.RATE:
        # Rounding may leave the range of equal numbers by a hair.
        total = min(max(total, min(numbers)), max(numbers))
    return finite(total)


def spans(gaps: Sequence[Window]) -> str:
    """The gaps' first and last days for a message, at most three of them."""
    named = [f"{gap.since} – {gap.last_day}" if gap.days > 1 else f"{gap.since}" for gap in gaps[:3]]
    more = f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
    return ", ".join(named) + more
