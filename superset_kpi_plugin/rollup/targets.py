"""Targets, baselines, bands and typed-in actuals over a window (section 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    shares = amounts.parts(accumulation, found, window)
    return amounts.over(accumulation, [row.value for row in found], shares)


def _incomplete(found: Sequence[PeriodTarget], gaps: Sequence[Window]) -> Goal:
    why = Undefined(Reason.TARGET_INCOMPLETE, f"No target for {amounts.spans(gaps)}; enter it.")
    return Goal(
        target=why,
        baseline=why if any(row.baseline is not None for row in found) else None,
        lower=why if any(row.lower is not None for row in found) else None,
        upper=why if any(row.upper is not None for row in found) else None,
    )


class _Columns:
    """The relevant rows' numbers of one kind, put over the window."""

    def __init__(
        self, accumulation: Accumulation, rows: Sequence[PeriodTarget], window: Window, scale: Scale | None
    ) -> None:
        self._accumulation = accumulation
        self._rows = rows
        self._shares = amounts.parts(accumulation, rows, window)
        self._scales = None if scale is None else [scale(row) for row in rows]

    def over(self, numbers: Sequence[float | None], partly: Reason) -> Outcome | None:
        """None where no row has the number, `partly` where only some do."""
        absent = numbers.count(None)
        if absent == len(numbers):
            return None
        if absent:
            return self._partly(numbers, partly)
        given = [number for number in numbers if number is not None]
        if self._scales is not None:
            given = [number * scale for number, scale in zip(given, self._scales, strict=True)]
        return amounts.over(self._accumulation, given, self._shares)

    def _partly(self, numbers: Sequence[float | None], reason: Reason) -> Undefined:
        pairs = zip(self._rows, numbers, strict=True)
        gaps = [Window(row.start, row.end) for row, number in pairs if number is None]
        what = "baseline" if reason is Reason.BASELINE_INCOMPLETE else "band"
        return Undefined(reason, f"The target has no {what} for {amounts.spans(gaps)}; enter it.")
