"""How business moves over the calendar: growth, seasons, weekdays, better and worse months.

Days are whole numbers since 1970-01-01. The curves are absolute, so moving the last day on changes no
day before it, and the plan behind the targets can follow the same growth and seasons without reading a row.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from superset_kpi_plugin.demo.noise import Floats, Integers, Noise

WHOLE_MONTHS = 24

_ANCHOR = date(2025, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
_YEARLY_GROWTH = 1.18
_YEARLY_INFLATION = 1.03
_SEASON = np.array([0.93, 0.96, 1.08, 1.04, 1.00, 0.98, 0.90, 0.86, 1.06, 1.08, 1.10, 0.96])
_WEEKDAY = np.array([1.16, 1.20, 1.18, 1.14, 1.08, 0.66, 0.58])
_FIRST_OF_1970 = 3  # 1970-01-01 was a Thursday


def day_number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def add_months(day: date, months: int) -> date:
    """The first day of the month that many months away.

    >>> add_months(date(2026, 11, 21), -24)
    datetime.date(2024, 11, 1)
    """
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def first_day(until: date) -> date:
    """Where the rows begin: 24 whole months before the month of the last day."""
    return add_months(until, -WHOLE_MONTHS)


def month_index(days: Integers) -> Integers:
    """Months since January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def demand(days: Integers) -> Floats:
    """How busy a day is; 1 is an average day at the start of 2025."""
    trend = _YEARLY_GROWTH ** ((days - _ANCHOR) / 365.25)
    season = _SEASON[month_index(days) % 12]
    weekday = _WEEKDAY[(days + _FIRST_OF_1970) % 7]
    result: Floats = trend * season * weekday
    return result


def prices(days: Integers) -> Floats:
    result: Floats = _YEARLY_INFLATION ** ((days - _ANCHOR) / 365.25)
    return result


def month_demand(month: date, lag_days: int = 0) -> float:
    """A whole month's demand, felt `lag_days` later."""
    since, until = month, add_months(month, 1)
    first = day_number(since - timedelta(lag_days))
    return float(demand(np.arange(first, first + (until - since).days)).sum())


def month_prices(month: date) -> float:
    return float(prices(np.array([day_number(month) + 15]))[0])


def swing(noise: Noise, name: str, days: Integers, size: float) -> Floats:
    """A better or worse month: one factor around 1 per month."""
    months = month_index(days)
    distinct, position = np.unique(months, return_inverse=True)
    factors = np.exp(size * np.clip(noise.normal(name, distinct), -2.0, 2.0))
    result: Floats = factors[position]
    return result
