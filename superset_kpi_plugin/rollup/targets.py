"""Targets, baselines, bands and typed-in actuals over a window (section 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.spec import PeriodTarget, PeriodValue
from superset_kpi_plugin.rollup.types import Accumulation, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import Window

Scale = Callable[[PeriodTarget], float]
"""What a row's numbers are multiplied by before they are put over the window."""


def goal_over(
    accumulation: Accumulation, rows: Sequence[PeriodTarget], window: Window, scale: Scale | None = None
) -> Goal:
    """The rows' goal over a window.

    `no_target` where no row overlaps, `target_incomplete` where part of the window has none (for a stock
    only its last day matters), `baseline_incomplete` where only some of the rows have a baseline.
    """
    found = amounts.relevant(accumulation, rows, window)
    if not found:
        return Goal(Undefined(Reason.NO_TARGET, "There is no target in this window; enter one."))
    gaps = amounts.missing(accumulation, found, window)
    if gaps:
        return _incomplete(found, gaps)
    columns = _Columns(accumulation, found, window, scale)
    values = [row.value for row in found]
    return Goal(
        # Only where a band stands for the target may a row have no value.
        target=None if None in values else columns.over(values, Reason.TARGET_INCOMPLETE),
        baseline=columns.over([row.baseline for row in found], Reason.BASELINE_INCOMPLETE),
        lower=columns.over([row.lower for row in found], Reason.NO_BAND),
        upper=columns.over([row.upper for row in found], Reason.NO_BAND),
    )


def value_over(accumulation: Accumulation, rows: Sequence[PeriodValue], window: Window) -> Outcome:
    """Typed-in actuals over a window by the rule for targets; `no_data` where a period is missing."""
    found = amounts.relevant(accumulation, rows, window)
    gaps = amounts.missing(accumulation, found, window)
    if gaps:
        return Undefined(Reason.NO_DATA, f"No value was entered for {amounts.spans(gaps)}; enter it.")
    return amounts.over(accumulation, found, [row.value for row in found], window)


def _incomplete(found: Sequence[PeriodTarget], gaps: Sequence[Window]) -> Goal:
    why = Undefined(Reason.TARGET_INCOMPLETE, f"No target for {amounts.spans(gaps)}; enter it.")
    return Goal(
        target=why,
        baseline=why if any(row.baseline is not None for row in found) else None,
        lower=why if any(row.lower is not None for row in found) else None,
        upper=why if any(row.upper is not None for row in found) else None,
    )


@dataclass(frozen=True)
class _Columns:
    """The relevant rows' numbers of one kind, put over the window."""

    accumulation: Accumulation
    rows: Sequence[PeriodTarget]
    window: Window
    scale: Scale | None

    def over(self, numbers: Sequence[float | None], partly: Reason) -> Outcome | None:
        """None where no row has the number, `partly` where only some do."""
        given = [number for number in numbers if number is not None]
        if not given:
            return None
        if len(given) < len(self.rows):
            return self._partly(numbers, partly)
        if self.scale is not None:
            given = [number * self.scale(row) for row, number in zip(self.rows, given, strict=True)]
        return amounts.over(self.accumulation, self.rows, given, self.window)

    def _partly(self, numbers: Sequence[float | None], reason: Reason) -> Undefined:
        pairs = zip(self.rows, numbers, strict=True)
        gaps = [Window(row.start, row.end) for row, number in pairs if number is None]
        what = "baseline" if reason is Reason.BASELINE_INCOMPLETE else "band"
        return Undefined(reason, f"The target has no {what} for {amounts.spans(gaps)}; enter it.")
