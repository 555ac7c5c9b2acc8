"""Targets, baselines, bands and typed-in actuals over a window (section 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from superset_kpi_plugin.rollup import amounts
from superset_kpi_plugin.rollup.amounts import Cover, Schedule
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.spec import PeriodTarget, PeriodValue
from superset_kpi_plugin.rollup.types import Accumulation, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import Window

_NO_GOAL = Goal(Undefined(Reason.NO_TARGET, phrase("There is no target in this window; enter one.")))

Scale = Callable[[PeriodTarget], float]
"""What a row's numbers are multiplied by before they are put over the window."""


def goal_over(
    accumulation: Accumulation, rows: Sequence[PeriodTarget], window: Window, scale: Scale | None = None
) -> Goal:
    """The rows' goal over a window.

    `no_target` where no row overlaps, `target_incomplete` where part of the window has none (for a stock
    only its last day matters), `baseline_incomplete` where only some of the rows have a baseline.
    """
    cover = Schedule(accumulation, rows).cover(window)
    scales = None if scale is None else [scale(row) for row in rows[cover.first : cover.after]]
    return goal_of(rows, cover, scales)


def goal_of(rows: Sequence[PeriodTarget], cover: Cover, scales: Sequence[float] | None = None) -> Goal:
    """As `goal_over`, of rows whose cover is known; with a scale for each of the rows that count."""
    found = rows[cover.first : cover.after]
    if not found:
        return _NO_GOAL
    if cover.gaps:
        return _incomplete(found, cover.gaps)
    if cover.whole:
        return _scaled(found[0], 1.0 if scales is None else scales[0])
    columns = _Columns(found, cover, scales)
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
        why = phrase("No value was entered for %(spans)s; enter it.", spans=amounts.spans(gaps))
        return Undefined(Reason.NO_DATA, why)
    shares = amounts.parts(accumulation, found, window)
    return amounts.over(accumulation, [row.value for row in found], shares)


def _incomplete(found: Sequence[PeriodTarget], gaps: Sequence[Window]) -> Goal:
    text = phrase("No target for %(spans)s; enter it.", spans=amounts.spans(gaps))
    why = Undefined(Reason.TARGET_INCOMPLETE, text)
    return Goal(
        target=why,
        baseline=why if any(row.baseline is not None for row in found) else None,
        lower=why if any(row.lower is not None for row in found) else None,
        upper=why if any(row.upper is not None for row in found) else None,
    )


def _scaled(row: PeriodTarget, scale: float) -> Goal:
    """A row that stands for the window, with a scale of at most 1."""
    value, baseline, lower, upper = row.value, row.baseline, row.lower, row.upper
    return Goal(
        None if value is None else value * scale,
        None if baseline is None else baseline * scale,
        None if lower is None else lower * scale,
        None if upper is None else upper * scale,
    )


class _Columns:
    """The rows' numbers of one kind, put over the window."""

    def __init__(self, rows: Sequence[PeriodTarget], cover: Cover, scales: Sequence[float] | None) -> None:
        self._rows = rows
        self._cover = cover
        self._scales = scales

    def over(self, numbers: Sequence[float | None], partly: Reason) -> Outcome | None:
        """None where no row has the number, `partly` where only some do."""
        given = [number for number in numbers if number is not None]
        if not given:
            return None
        if len(given) < len(numbers):
            return self._partly(numbers, partly)
        if self._scales is not None:
            given = [number * scale for number, scale in zip(given, self._scales, strict=True)]
        return self._cover.over(given)

    def _partly(self, numbers: Sequence[float | None], reason: Reason) -> Undefined:
        pairs = zip(self._rows, numbers, strict=True)
        gaps = [Window(row.start, row.end) for row, number in pairs if number is None]
        spans = amounts.spans(gaps)
        if reason is Reason.BASELINE_INCOMPLETE:
            return Undefined(
                reason, phrase("The target has no baseline for %(spans)s; enter it.", spans=spans)
            )
        return Undefined(reason, phrase("The target has no band for %(spans)s; enter it.", spans=spans))
