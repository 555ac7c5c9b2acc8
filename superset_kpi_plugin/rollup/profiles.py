"""Profiles: which share of a span's target is expected by a day, 0 to 1 (section 6).

A `Share` takes the part of a period that lies in the window, and the day after the last elapsed one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Set
from datetime import date

from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import year_before
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.window import DAY, Window

Share = Callable[[Window, date], float]

_WORKDAYS = 5
_WEEK = 7


def linear(span: Window, until: date) -> float:
    """Every day counts the same."""
    return span.overlap(span.since, until) / span.days if until > span.since else 0.0


def business_days(holidays: Set[date]) -> Share:
    """Monday to Friday but for holidays; a span without any such day counts as `linear` does."""

    def share(span: Window, until: date) -> float:
        whole = working_days(span.since, span.until, holidays)
        if whole == 0:
            return linear(span, until)
        return working_days(span.since, min(until, span.until), holidays) / whole

    return share


def working_days(start: date, end: date, holidays: Set[date]) -> int:
    """How many days of `[start, end)` are Monday to Friday and no holiday; 0 where it is empty."""
    days = max(0, (end - start).days)
    weeks, rest = divmod(days, _WEEK)
    weekdays = weeks * _WORKDAYS + sum((start.weekday() + day) % _WEEK < _WORKDAYS for day in range(rest))
    return weekdays - sum(start <= day < end and day.weekday() < _WORKDAYS for day in holidays)


def seasonal(calendar: Calendar, daily: Mapping[date, float]) -> Share:
    """The cumulative share that the same span had reached one year before, by its number of elapsed days.

    `daily` is what each day brought, days without any left out. Past the end of a shorter span a year before,
    and on the last day, all is expected. Where the year before has no such span, brought nothing in sum, or
    has a day below 0, so that no shares can be told, it counts as `linear` does.
    """

    def share(span: Window, until: date) -> float:
        shape = _shape(calendar, daily, span)
        if shape is None:
            return linear(span, until)
        elapsed = min(max(0, (until - span.since).days), span.days)
        if elapsed == span.days:
            return 1.0
        return min(math.fsum(shape[:elapsed]) / math.fsum(shape), 1.0)

    return share


def daily_of(cumulative: Mapping[date, float]) -> dict[date, float]:
    """What each day brought, of readings that add up from the first day on."""
    found: dict[date, float] = {}
    reached = 0.0
    for day in sorted(cumulative):
        found[day] = cumulative[day] - reached
        reached = cumulative[day]
    return found


def _shape(calendar: Calendar, daily: Mapping[date, float], span: Window) -> list[float] | None:
    """The days' amounts a year before; None where they make no shares."""
    try:
        then = year_before(calendar, span)
    except PeriodError:
        return None
    amounts = [daily.get(then.since + DAY * day, 0.0) for day in range(then.days)]
    usable = min(amounts) >= 0 and 0 < sum(amounts) < math.inf
    return amounts if usable else None
