import itertools
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import Calendar, CustomPeriod, Grain, PeriodError, View, Window
from superset_kpi_plugin.rollup.periods import (
    MAX_PERIODS,
    before,
    cut,
    name_of,
    period_named,
    period_of,
    periods_over,
    view_of,
    year_before,
)
from tests.strategies import calendars, days, windows

MONTHS = Calendar(Grain.MONTH)
WEEKS = Calendar(Grain.WEEK)
QUARTERS = Calendar(Grain.QUARTER)
YEARS = Calendar(Grain.YEAR)
SPRING_25 = CustomPeriod(date(2025, 3, 1), date(2025, 4, 1), "Spring")
AUTUMN_25 = CustomPeriod(date(2025, 9, 1), date(2025, 9, 11), "Autumn")
SPRING_26 = CustomPeriod(date(2026, 3, 1), date(2026, 4, 11), "Spring")
SALES = Calendar(Grain.CUSTOM, custom_periods=(SPRING_26, AUTUMN_25, SPRING_25))


def window(since: str, until: str) -> Window:
    return Window(date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("calendar", "day", "period", "name"),
    [
        (MONTHS, "2026-11-21", ("2026-11-01", "2026-12-01"), "2026-11"),
        (MONTHS, "2026-12-31", ("2026-12-01", "2027-01-01"), "2026-12"),
        (WEEKS, "2026-11-21", ("2026-11-16", "2026-11-23"), "2026-W47"),
        (WEEKS, "2027-01-01", ("2026-12-28", "2027-01-04"), "2026-W53"),
        (
            Calendar(Grain.WEEK, week_start=7),
            "2026-11-21",
            ("2026-11-15", "2026-11-22"),
            "week of 2026-11-15",
        ),
        (
            Calendar(Grain.WEEK, week_start=7),
            "2026-11-22",
            ("2026-11-22", "2026-11-29"),
            "week of 2026-11-22",
        ),
        (QUARTERS, "2026-11-21", ("2026-10-01", "2027-01-01"), "2026-Q4"),
        (YEARS, "2026-11-21", ("2026-01-01", "2027-01-01"), "2026"),
        (Calendar(Grain.QUARTER, 1, 4), "2026-05-05", ("2026-04-01", "2026-07-01"), "FY2026-Q1"),
        (Calendar(Grain.QUARTER, 1, 4), "2027-01-05", ("2027-01-01", "2027-04-01"), "FY2026-Q4"),
        (Calendar(Grain.QUARTER, 1, 2), "2027-01-05", ("2026-11-01", "2027-02-01"), "FY2026-Q4"),
        (Calendar(Grain.YEAR, 1, 4), "2027-03-31", ("2026-04-01", "2027-04-01"), "FY2026"),
        (SALES, "2025-09-10", ("2025-09-01", "2025-09-11"), "Autumn"),
    ],
)
def test_the_period_of_a_day_and_its_name(
    calendar: Calendar, day: str, period: tuple[str, str], name: str
) -> None:
    found = period_of(calendar, date.fromisoformat(day))
    assert found == window(*period)
    assert name_of(calendar, found) == name
    assert period_named(calendar, day) == found
    if calendar.grain is not Grain.CUSTOM:  # of several of one name the last is meant
        assert period_named(calendar, name) == found


def test_other_windows_are_named_by_their_ends() -> None:
    assert name_of(MONTHS, window("2026-01-15", "2026-02-15")) == "2026-01-15 – 2026-02-14"
    assert name_of(MONTHS, window("2026-01-01", "2026-04-01")) == "2026-01 – 2026-03"
    assert name_of(SALES, window("2026-01-01", "2026-04-01")) == "2026-01-01 – 2026-03-31"


def test_a_day_outside_every_custom_period_has_none() -> None:
    with pytest.raises(PeriodError, match="No period of the tree holds 2025-05-01; add one"):
        period_of(SALES, date(2025, 5, 1))


@pytest.mark.parametrize("calendar", [MONTHS, WEEKS, QUARTERS, YEARS])
def test_the_end_of_time_is_no_crash(calendar: Calendar) -> None:
    with pytest.raises(PeriodError, match="outside the years 1 to 9999"):
        period_of(calendar, date.max)
    with pytest.raises(PeriodError, match="outside the years 1 to 9999"):
        before(calendar, window("0001-03-03", "0001-03-04"), 10_000)


@given(calendars(), days)
def test_a_day_lies_in_its_period(calendar: Calendar, day: date) -> None:
    try:
        period = period_of(calendar, day)
    except PeriodError:
        assert calendar.grain is Grain.CUSTOM
        return
    assert period.since <= day < period.until
    assert period_of(calendar, period.since) == period_of(calendar, period.last_day) == period


@given(calendars(), windows())
def test_periods_over_a_window_are_the_ones_that_overlap_it(calendar: Calendar, span: Window) -> None:
    found = periods_over(calendar, span)
    assert all(span.overlap(period.since, period.until) for period in found)
    assert all(earlier.until <= later.since for earlier, later in itertools.pairwise(found))
    if calendar.grain is not Grain.CUSTOM:
        assert sum(span.overlap(period.since, period.until) for period in found) == span.days


def test_a_window_may_not_span_too_many_periods() -> None:
    with pytest.raises(PeriodError, match=f"more than {MAX_PERIODS} periods"):
        periods_over(WEEKS, window("1900-01-01", "2026-01-01"))


@pytest.mark.parametrize(
    ("calendar", "span", "count", "found"),
    [
        (MONTHS, ("2026-03-01", "2026-04-01"), 1, ("2026-02-01", "2026-03-01")),
        (MONTHS, ("2026-02-01", "2026-03-01"), 1, ("2026-01-01", "2026-02-01")),
        (MONTHS, ("2026-02-01", "2026-03-01"), 14, ("2024-12-01", "2025-01-01")),
        (MONTHS, ("2026-01-01", "2026-03-01"), 1, ("2025-12-01", "2026-02-01")),
        (MONTHS, ("2026-01-15", "2026-02-15"), 1, ("2025-12-15", "2026-01-15")),
        (MONTHS, ("2026-03-10", "2026-03-31"), 1, ("2026-02-10", "2026-03-01")),
        (MONTHS, ("2026-03-30", "2026-03-31"), 1, ("2026-02-28", "2026-03-01")),
        (MONTHS, ("2024-03-29", "2024-03-31"), 1, ("2024-02-29", "2024-03-01")),
        (MONTHS, ("2026-03-01", "2026-04-01"), 0, ("2026-03-01", "2026-04-01")),
        (WEEKS, ("2026-11-16", "2026-11-23"), 2, ("2026-11-02", "2026-11-09")),
        (WEEKS, ("2026-11-18", "2026-11-20"), 1, ("2026-11-11", "2026-11-13")),
        (QUARTERS, ("2026-10-01", "2027-01-01"), 1, ("2026-07-01", "2026-10-01")),
        (QUARTERS, ("2026-05-15", "2026-05-31"), 1, ("2026-02-15", "2026-03-01")),
        (YEARS, ("2024-02-29", "2024-03-01"), 1, ("2023-02-28", "2023-03-01")),
        (SALES, ("2026-03-01", "2026-04-11"), 1, ("2025-09-01", "2025-09-11")),
        (SALES, ("2026-03-05", "2026-04-01"), 1, ("2025-09-05", "2025-09-11")),
        (SALES, ("2026-03-05", "2026-04-01"), 2, ("2025-03-05", "2025-04-01")),
    ],
)
def test_the_window_some_periods_back(
    calendar: Calendar, span: tuple[str, str], count: int, found: tuple[str, str]
) -> None:
    assert before(calendar, window(*span), count) == window(*found)


def test_ten_thousand_custom_periods_are_no_burden() -> None:
    """Looked for one by one, they took a minute for a few shifts."""
    starts = [date(2000, 1, 1) + timedelta(number) for number in range(10_001)]
    rows = tuple(CustomPeriod(*pair, "x") for pair in itertools.pairwise(starts))
    calendar = Calendar(Grain.CUSTOM, custom_periods=rows)
    started = time.process_time()
    for window in periods_over(calendar, Window(starts[1], starts[-1])):
        assert before(calendar, window) == Window(window.since - timedelta(1), window.since)
    assert time.process_time() - started < 3


def test_there_is_nothing_before_the_first_custom_period() -> None:
    with pytest.raises(PeriodError, match="no period 3 before"):
        before(SALES, window("2026-03-01", "2026-04-11"), 3)


@pytest.mark.parametrize(
    ("calendar", "span", "found"),
    [
        (MONTHS, ("2026-02-01", "2026-03-01"), ("2025-02-01", "2025-03-01")),
        (MONTHS, ("2024-02-01", "2024-03-01"), ("2023-02-01", "2023-03-01")),
        (WEEKS, ("2026-11-16", "2026-11-23"), ("2025-11-17", "2025-11-24")),
        (QUARTERS, ("2026-10-01", "2027-01-01"), ("2025-10-01", "2026-01-01")),
        (YEARS, ("2026-01-01", "2027-01-01"), ("2025-01-01", "2026-01-01")),
        (SALES, ("2026-03-01", "2026-04-11"), ("2025-03-01", "2025-04-01")),
    ],
)
def test_the_same_window_a_year_before(
    calendar: Calendar, span: tuple[str, str], found: tuple[str, str]
) -> None:
    assert year_before(calendar, window(*span)) == window(*found)


def test_a_custom_period_without_an_earlier_namesake_has_no_year_before() -> None:
    with pytest.raises(PeriodError, match="no earlier period named Autumn"):
        year_before(SALES, window("2025-09-01", "2025-09-11"))


@pytest.mark.parametrize(
    ("as_of", "elapsed", "closed"),
    [
        ("2026-03-10", 10, False),
        ("2026-03-28", 28, True),
        ("2026-03-30", 28, True),
        ("2026-03-31", 28, True),
        ("2026-02-27", 0, False),
    ],
)
def test_a_comparison_has_the_same_number_of_elapsed_days(as_of: str, elapsed: int, closed: bool) -> None:
    march, february = window("2026-03-01", "2026-04-01"), window("2026-02-01", "2026-03-01")
    view = cut(View(march, date.fromisoformat(as_of)), february)
    assert (view.window, view.elapsed_days, view.closed) == (february, elapsed, closed)


def test_a_closed_window_is_compared_with_all_of_a_longer_one() -> None:
    february, january = window("2026-02-01", "2026-03-01"), window("2026-01-01", "2026-02-01")
    assert cut(View(february, date(2026, 2, 28)), january).readable == january
    assert cut(View(february, date(2026, 2, 27)), january).elapsed_days == 27


def test_a_shifted_node_is_read_over_its_own_view() -> None:
    view = View(window("2026-11-01", "2026-12-01"), date(2026, 11, 10))
    assert view_of(MONTHS, view, 0) is view
    assert view_of(MONTHS, view, 1) == View(window("2026-10-01", "2026-11-01"), date(2026, 10, 10))


def test_the_beginning_of_time_is_no_crash() -> None:
    future = View(window("2026-11-01", "2026-12-01"), date(2026, 10, 1))
    with pytest.raises(PeriodError, match="outside the years"):
        cut(future, window("0001-01-01", "0001-02-01"))


@given(calendars(), windows(), st.integers(0, 4))
def test_going_back_never_makes_a_window_longer_than_its_day_numbers(
    calendar: Calendar, span: Window, count: int
) -> None:
    try:
        found = before(calendar, span, count)
    except PeriodError:
        assert calendar.grain is Grain.CUSTOM
        return
    assert found.since <= span.since
    assert found.days <= span.days + timedelta(days=366).days


@pytest.mark.parametrize(
    ("calendar", "name", "since"),
    [
        (QUARTERS, "2026-10", "2026-10-01"),
        (YEARS, "2026-05", "2026-01-01"),
        (SALES, "Spring", "2026-03-01"),
        (Calendar(Grain.YEAR, fiscal_year_start_month=7), "FY2026", "2026-07-01"),
        (Calendar(Grain.QUARTER, fiscal_year_start_month=7), "FY2026-Q3", "2027-01-01"),
    ],
)
def test_periods_are_found_by_name(calendar: Calendar, name: str, since: str) -> None:
    assert period_named(calendar, name).since == date.fromisoformat(since)


@pytest.mark.parametrize(
    ("calendar", "name"),
    [
        (MONTHS, "2026"),
        (MONTHS, "2026-Q1"),
        (MONTHS, "2026-13"),
        (MONTHS, "someday"),
        (MONTHS, "२०२६"),
        (WEEKS, "2026-10"),
        (WEEKS, "2026-W54"),
        (QUARTERS, "2026"),
        (YEARS, "FY2026"),
        (YEARS, "0000"),
        (Calendar(Grain.YEAR, fiscal_year_start_month=7), "2026"),
        (Calendar(Grain.WEEK, week_start=7), "2026-W40"),
        (SALES, "Winter"),
        (Calendar(Grain.CUSTOM), "2026-10-01"),
    ],
)
def test_a_name_that_means_no_single_period_is_refused(calendar: Calendar, name: str) -> None:
    with pytest.raises(PeriodError):
        period_named(calendar, name)


@given(calendars(), days)
def test_every_period_is_found_by_its_own_name(calendar: Calendar, day: date) -> None:
    try:
        found = period_of(calendar, day)
    except PeriodError:
        return
    if calendar.grain is not Grain.CUSTOM:
        assert period_named(calendar, name_of(calendar, found)) == found
