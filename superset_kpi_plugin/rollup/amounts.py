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


def over(
    accumulation: Accumulation, rows: Sequence[Dated], numbers: Sequence[float], window: Window
) -> Outcome:
    """What the rows' numbers amount to over the window; `rows` are its relevant ones, at least one.

    flow: the sum of each number × the overlapped share of its days; stock: the last number; rate: the
    day-weighted mean. `overflow` where that leaves the range of floats.
    """
    if accumulation is Accumulation.STOCK:
        return float(numbers[-1])
    days = [window.overlap(row.start, row.end) for row in rows]
    if accumulation is Accumulation.FLOW:
        shares = zip(rows, numbers, days, strict=True)
        return finite(sum(_share(number, part, (row.end - row.start).days) for row, number, part in shares))
    mean = finite(sum(number * part for number, part in zip(numbers, days, strict=True)) / sum(days))
    # Rounding may leave the range of equal numbers by a hair.
    return min(max(mean, min(numbers)), max(numbers)) if isinstance(mean, float) else mean


def spans(gaps: Sequence[Window]) -> str:
    """The gaps' first and last days for a message, at most three of them."""
    named = [f"{gap.since} – {gap.last_day}" if gap.days > 1 else f"{gap.since}" for gap in gaps[:3]]
    more = f" and {len(gaps) - 3} more" if len(gaps) > 3 else ""
    return ", ".join(named) + more


def _share(number: float, part: int, whole: int) -> float:
    return number if part == whole else number * part / whole
