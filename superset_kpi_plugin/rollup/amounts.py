"""Dated amounts over a window: one rule for targets, baselines, bands and typed-in actuals (section 3)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from superset_kpi_plugin.rollup.phrase import phrase
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


@dataclass(frozen=True, eq=False)
class Cover:
    """What a window takes of rows: those from `first` up to `after`, each in part, and the days left out.

    Compared by identity.
    """

    accumulation: Accumulation
    first: int
    after: int
    gaps: tuple[Window, ...]
    parts: Sequence[Part]

    @cached_property
    def whole(self) -> bool:
        """Whether just one row counts, and all of it."""
        return len(self.parts) == 1 and self.parts[0][0] == self.parts[0][1]

    @cached_property
    def alone(self) -> Cover:
        """The same cover of the rows that count, without the others."""
        return replace(self, first=0, after=self.after - self.first)

    def over(self, numbers: Sequence[float]) -> Outcome:
        """What the rows' numbers amount to; `overflow` out of the range of floats."""
        return finite(numbers[0]) if self.whole else over(self.accumulation, numbers, self.parts)


class Schedule:
    """The spans of rows in order, and what windows take of them: worked out once for all that share them."""

    def __init__(self, accumulation: Accumulation, rows: Sequence[Dated]) -> None:
        self._accumulation = accumulation
        self._rows = rows
        self._covers: dict[Window, Cover] = {}
        self._last: tuple[Window, Cover] | None = None

    def cover(self, window: Window) -> Cover:
        """What a window takes of the rows."""
        # Most nodes of an evaluation ask for the very same window.
        if self._last is not None and self._last[0] is window:
            return self._last[1]
        if window not in self._covers:
            self._covers[window] = self._cover(window)
        self._last = window, self._covers[window]
        return self._covers[window]

    def _cover(self, window: Window) -> Cover:
        first, after = _bounds(self._accumulation, self._rows, window)
        rows = self._rows[first:after]
        gaps = missing(self._accumulation, rows, window) if rows else ()
        return Cover(self._accumulation, first, after, gaps, parts(self._accumulation, rows, window))


def relevant(accumulation: Accumulation, rows: Sequence[RowT], window: Window) -> Sequence[RowT]:
    """Of rows in order, those that overlap the window; for a stock only the last of them."""
    first, after = _bounds(accumulation, rows, window)
    return rows[first:after]


def _bounds(accumulation: Accumulation, rows: Sequence[Dated], window: Window) -> tuple[int, int]:
    first = bisect_right(rows, window.since, key=lambda row: row.end)
    after = bisect_left(rows, window.until, key=lambda row: row.start)
    return (max(first, after - 1) if accumulation is Accumulation.STOCK else first), max(first, after)


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
    if accumulation is Accumulation.RATE:
        # Divided once: parts that cancel out sum to exactly 0, which has no ratio, and not next to it.
        total = sum(number * part for number, (part, _whole) in pairs) / shares[0][1]
        # Rounding may leave the range of equal numbers by a hair.
        total = min(max(total, min(numbers)), max(numbers))
    else:
        total = sum(number if part == whole else number * part / whole for number, (part, whole) in pairs)
    return finite(total)


def spans(gaps: Sequence[Window]) -> str:
    """The gaps' first and last days for a message, at most three of them."""
    named = [f"{gap.since} – {gap.last_day}" if gap.days > 1 else f"{gap.since}" for gap in gaps[:3]]
    days = ", ".join(named)
    return phrase("%(days)s and %(count)s more", days=days, count=len(gaps) - 3) if len(gaps) > 3 else days
