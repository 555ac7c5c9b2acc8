"""A tree's periods: which one holds a day, its name, the ones before it (sections 3 and 6)."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.spec import Calendar, CustomPeriod
from superset_kpi_plugin.rollup.types import Grain
from superset_kpi_plugin.rollup.window import DAY, View, Window

MAX_PERIODS = 1000
"""The most periods a window may span where each is looked at."""

_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_WEEK = timedelta(days=7)
_PER_YEAR = {Grain.WEEK: 52, Grain.MONTH: 12, Grain.QUARTER: 4, Grain.YEAR: 1}


def period_of(calendar: Calendar, day: date) -> Window:
    """The period that holds a day; PeriodError where there is none."""
    if calendar.grain is Grain.CUSTOM:
        row = calendar.custom_periods[_custom_index(calendar, day)]
        return Window(row.start, row.end)
    try:
        if calendar.grain is Grain.WEEK:
            since = day - DAY * ((day.isoweekday() - calendar.week_start) % 7)
            return Window(since, since + _WEEK)
        months = _MONTHS[calendar.grain]
        into = (day.month - calendar.fiscal_year_start_month) % months
        since = _add_months(day.replace(day=1), -into)
        return Window(since, _add_months(since, months))
    except OverflowError as error:
        raise _out_of_range(day) from error


def periods_over(calendar: Calendar, window: Window) -> tuple[Window, ...]:
    """The periods that overlap a window, in order; custom periods may leave gaps.

    PeriodError where there are more than MAX_PERIODS.
    """
    if calendar.grain is Grain.CUSTOM:
        rows = calendar.custom_periods
        return tuple(Window(row.start, row.end) for row in rows if window.overlap(row.start, row.end))
    found = [period_of(calendar, window.since)]
    while found[-1].until < window.until:
        if len(found) == MAX_PERIODS:
            raise PeriodError(
                phrase("The window spans more than %(most)s periods; choose a shorter one.", most=MAX_PERIODS)
            )
        found.append(period_of(calendar, found[-1].until))
    return tuple(found)


def last_periods(calendar: Calendar, day: date, count: int) -> tuple[Window, ...]:
    """The last `count` periods up to the one that holds a day, in order; fewer where there are no more."""
    try:
        return periods_up_to(calendar, period_of(calendar, day), count)
    except PeriodError:
        return ()


def periods_up_to(calendar: Calendar, last: Window, count: int) -> tuple[Window, ...]:
    """`count` periods that end with `last`, in order; fewer where the calendar has no more."""
    found: list[Window] = []
    period: Window | None = last
    while period is not None and len(found) < count:
        found.append(period)
        period = before_or_none(calendar, period)
    return tuple(reversed(found))


def before_or_none(calendar: Calendar, window: Window, count: int = 1) -> Window | None:
    """As `before`; None before the calendar's start."""
    try:
        return before(calendar, window, count)
    except PeriodError:
        return None


def before(calendar: Calendar, window: Window, count: int = 1) -> Window:
    """The window `count` whole periods back.

    Whole periods go to whole periods (February to all of January); any other window keeps its day numbers,
    and a day number the shorter period lacks becomes its last day. PeriodError before the calendar's start.
    """
    if count == 0:
        return window
    if _is_whole(calendar, window):
        first = period_of(calendar, _day_before(calendar, window.since, count))
        last = period_of(calendar, _day_before(calendar, window.last_day, count))
        return Window(first.since, last.until)
    since = _day_before(calendar, window.since, count)
    return Window(since, _day_before(calendar, window.last_day, count) + DAY)


def year_before(calendar: Calendar, window: Window) -> Window:
    """The same window a year before: 52 weeks for weeks, the last one of the same name for custom periods."""
    if calendar.grain is not Grain.CUSTOM:
        return before(calendar, window, _PER_YEAR[calendar.grain])
    index = _custom_index(calendar, window.since)
    name = calendar.custom_periods[index].name
    for back in range(1, index + 1):
        if calendar.custom_periods[index - back].name == name:
            return before(calendar, window, back)
    raise PeriodError(phrase("There is no earlier period named %(name)s.", name=name))


def fiscal_year(calendar: Calendar, day: date) -> Window:
    """The fiscal year that holds a day, whatever the grain of the tree; PeriodError out of range."""
    return period_of(replace(calendar, grain=Grain.YEAR), day)


def periods_in_year(calendar: Calendar, year: Window) -> tuple[Window, ...]:
    """The periods that begin in a year, in order: a week belongs to the year of its first day."""
    return tuple(period for period in periods_over(calendar, year) if period.since >= year.since)


def cut(view: View, other: Window) -> View:
    """Another window as seen after as many elapsed days as this view; whole once this view is closed."""
    if view.closed:
        return View(other, other.last_day)
    days = min(view.elapsed_days, other.days)
    try:
        return View(other, other.since + DAY * (days - 1))
    except OverflowError as error:
        raise _out_of_range(other.since) from error


def view_of(calendar: Calendar, view: View, shift: int) -> View:
    """The view a node with a `shift` is read over; PeriodError before the calendar's start."""
    return view if shift == 0 else cut(view, before(calendar, view.window, shift))


def name_of(calendar: Calendar, window: Window) -> str:
    """“2026-11”, “2026-W47”, “2026-Q4”, “2026”, a custom period's name; else its first and last day.

    A fiscal year that does not start in January is named after the calendar year it starts in: “FY2026-Q1”.
    """
    if not _is_whole(calendar, window):
        return f"{window.since} – {window.last_day}"
    if period_of(calendar, window.since) == window:
        return _period_name(calendar, window.since)
    return f"{_period_name(calendar, window.since)} – {_period_name(calendar, window.last_day)}"


def period_named(calendar: Calendar, name: str) -> Window:
    """The period that `name_of` calls so, or the one that holds a day or a month (“2026-10-01”, “2026-10”).

    A name coarser than the grain means no single period: PeriodError, as for anything else that means none.
    """
    for row in reversed(calendar.custom_periods):
        if row.name == name:
            return Window(row.start, row.end)
    day = _day_named(calendar, name)
    if day is None:
        raise PeriodError(
            phrase(
                "%(name)s names no period of this tree: write its name, such as %(example)s, or a day in it, "
                "such as 2026-10-01.",
                name=name[:100],
                example=_example(calendar),
            )
        )
    return period_of(calendar, day)


_WEEK_NAME = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_YEAR_NAME = re.compile(r"(FY)?(\d{4})(?:-Q([1-4]))?", re.ASCII)
_DAY_NAME = re.compile(r"(?:week of )?(\d{4}-\d{2}-\d{2})", re.ASCII)
_MONTH_NAME = re.compile(r"\d{4}-\d{2}", re.ASCII)
_MONTH_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def _day_named(calendar: Calendar, name: str) -> date | None:
    """The first day of what a name means; None where it means no single period."""
    week, year = _WEEK_NAME.fullmatch(name), _YEAR_NAME.fullmatch(name)
    try:
        if week and calendar.grain is Grain.WEEK and calendar.week_start == 1:
            return date.fromisocalendar(int(week[1]), int(week[2]), 1)
        if year:
            return _fiscal_day(calendar, bool(year[1]), int(year[2]), year[3])
        if _MONTH_NAME.fullmatch(name):
            return date.fromisoformat(f"{name}-01") if calendar.grain in _MONTH_GRAINS else None
        day = _DAY_NAME.fullmatch(name)
        return date.fromisoformat(day[1]) if day else None
    except ValueError:
        return None


def _fiscal_day(calendar: Calendar, fiscal: bool, year: int, quarter: str | None) -> date | None:
    if calendar.grain is not (Grain.QUARTER if quarter else Grain.YEAR):
        return None
    if fiscal is (calendar.fiscal_year_start_month == 1):
        return None
    first = date(year, calendar.fiscal_year_start_month, 1)
    return _add_months(first, 3 * (int(quarter) - 1)) if quarter else first


def _example(calendar: Calendar) -> str:
    if calendar.grain is Grain.CUSTOM:
        return calendar.custom_periods[-1].name if calendar.custom_periods else "one you add to it"
    return _period_name(calendar, date(2026, 10, 1))


def _period_name(calendar: Calendar, day: date) -> str:
    since = period_of(calendar, day).since
    if calendar.grain is Grain.CUSTOM:
        return calendar.custom_periods[_custom_index(calendar, since)].name
    if calendar.grain is Grain.MONTH:
        return f"{since.year:04d}-{since.month:02d}"
    if calendar.grain is Grain.WEEK:
        iso = since.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" if calendar.week_start == 1 else f"week of {since}"
    into = (since.month - calendar.fiscal_year_start_month) % 12
    fiscal = since.year - (since.month < calendar.fiscal_year_start_month)
    year = f"{fiscal:04d}" if calendar.fiscal_year_start_month == 1 else f"FY{fiscal:04d}"
    return year if calendar.grain is Grain.YEAR else f"{year}-Q{into // 3 + 1}"


def _is_whole(calendar: Calendar, window: Window) -> bool:
    """Whether the window starts with one period and ends with one."""
    try:
        starts = period_of(calendar, window.since).since == window.since
        return starts and period_of(calendar, window.last_day).until == window.until
    except PeriodError:
        return False


def _day_before(calendar: Calendar, day: date, count: int) -> date:
    """The same day number `count` periods back."""
    try:
        if calendar.grain is Grain.WEEK:
            return day - _WEEK * count
        if calendar.grain is not Grain.CUSTOM:
            return _add_months(day, -count * _MONTHS[calendar.grain])
    except OverflowError as error:
        raise _out_of_range(day) from error
    index = _custom_index(calendar, day)
    if index < count:
        raise PeriodError(
            phrase(
                "There is no period %(count)s before the one of %(day)s; add it to the tree's periods.",
                count=count,
                day=day,
            )
        )
    return _same_offset(calendar.custom_periods[index], day, calendar.custom_periods[index - count])


def _same_offset(period: CustomPeriod, day: date, other: CustomPeriod) -> date:
    return min(other.start + (day - period.start), other.end - DAY)


def _add_months(day: date, months: int) -> date:
    """The same day number months later or earlier, or the month's last day; OverflowError out of range."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _custom_index(calendar: Calendar, day: date) -> int:
    rows = calendar.custom_periods
    index = bisect_right(rows, day, key=lambda row: row.start) - 1
    if index >= 0 and day < rows[index].end:
        return index
    raise PeriodError(phrase("No period of the tree holds %(day)s; add one to its periods.", day=day))


def _out_of_range(day: date) -> PeriodError:
    return PeriodError(
        phrase(
            "The period of %(day)s lies outside the years %(first)s to %(last)s.",
            day=day,
            first=date.min.year,
            last=date.max.year,
        )
    )
