from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import Calendar, CustomPeriod, Grain, Window
from superset_kpi_plugin.rollup.profiles import (
    Share,
    business_days,
    daily_of,
    linear,
    seasonal,
    working_days,
)
from tests.strategies import calendars, days, windows

DAY = timedelta(days=1)
NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
NO_HOLIDAYS: frozenset[date] = frozenset()


def after(day: int) -> date:
    """The day after a day of November 2026."""
    return date(2026, 11, day) + DAY


def test_linear_counts_every_day() -> None:
    assert [linear(NOVEMBER, after(day)) for day in (10, 15, 30)] == [10 / 30, 0.5, 1.0]
    assert (linear(NOVEMBER, NOVEMBER.since), linear(NOVEMBER, date(2026, 1, 1))) == (0.0, 0.0)
    assert linear(NOVEMBER, date(2027, 1, 1)) == 1.0


def test_business_days_count_monday_to_friday() -> None:
    """November 2026 starts on a Sunday and has 21 weekdays."""
    share = business_days(NO_HOLIDAYS)
    assert share(NOVEMBER, after(1)) == 0.0
    assert share(NOVEMBER, after(2)) == 1 / 21
    assert share(NOVEMBER, after(6)) == share(NOVEMBER, after(8)) == 5 / 21
    assert share(NOVEMBER, after(30)) == share(NOVEMBER, date(2027, 1, 1)) == 1.0
    assert share(NOVEMBER, date(2026, 1, 1)) == 0.0


def test_holidays_do_not_count() -> None:
    """Two on weekdays, one on a Sunday, one elsewhere."""
    holidays = {date(2026, 11, 3), date(2026, 11, 23), date(2026, 11, 8), date(2026, 12, 25)}
    share = business_days(holidays)
    assert share(NOVEMBER, after(6)) == 4 / 19
    assert share(NOVEMBER, after(23)) == share(NOVEMBER, after(22)) == 14 / 19
    assert share(NOVEMBER, after(30)) == 1.0


def test_a_period_without_working_days_is_linear() -> None:
    weekend = Window(date(2026, 11, 7), date(2026, 11, 9))
    assert business_days(NO_HOLIDAYS)(weekend, after(7)) == 0.5
    all_off = {NOVEMBER.since + DAY * day for day in range(30)}
    assert business_days(all_off)(NOVEMBER, after(10)) == 10 / 30


@given(windows(), st.sets(days, max_size=40))
def test_working_days_are_counted_one_by_one(window: Window, holidays: set[date]) -> None:
    everyday = [window.since + DAY * day for day in range(window.days)]
    expected = [day for day in everyday if day.isoweekday() <= 5 and day not in holidays]
    assert working_days(window.since, window.until, holidays) == len(expected)
    assert working_days(window.until, window.since, holidays) == 0


def test_seasonal_follows_the_year_before() -> None:
    last_year = {date(2025, 11, day): 1.0 for day in range(1, 21)} | {
        date(2025, 11, day): 8.0 for day in range(21, 31)
    }
    share = seasonal(Calendar(), last_year)
    assert [share(NOVEMBER, after(day)) for day in (1, 10, 20, 25, 30)] == [0.01, 0.1, 0.2, 0.6, 1.0]
    assert share(NOVEMBER, NOVEMBER.since) == share(NOVEMBER, date(2026, 1, 1)) == 0.0
    assert share(NOVEMBER, date(2027, 1, 1)) == 1.0


def test_cumulative_readings_say_the_same() -> None:
    assert daily_of({date(2025, 11, 3): 30.0, date(2025, 11, 1): 10.0}) == {
        date(2025, 11, 1): 10.0,
        date(2025, 11, 3): 20.0,
    }
    assert (
        seasonal(Calendar(), daily_of({date(2025, 11, 1): 10.0, date(2025, 11, 30): 40.0}))(
            NOVEMBER, after(10)
        )
        == 0.25
    )


def test_days_are_counted_from_the_start() -> None:
    february = Window(date(2028, 2, 1), date(2028, 3, 1))
    share = seasonal(Calendar(), {date(2027, 2, day): 1.0 for day in range(1, 29)})
    assert share(february, date(2028, 2, 15)) == 0.5
    assert share(february, date(2028, 2, 29)) == share(february, date(2028, 3, 1)) == 1.0
    shorter = Window(date(2029, 2, 1), date(2029, 3, 1))
    share = seasonal(Calendar(), {date(2028, 2, 29): 1.0, date(2028, 2, 1): 1.0})
    assert share(shorter, date(2029, 2, 28)) == 0.5
    assert share(shorter, date(2029, 3, 1)) == 1.0


def test_weeks_look_52_weeks_back() -> None:
    week = Window(date(2026, 11, 2), date(2026, 11, 9))
    share = seasonal(Calendar(Grain.WEEK), {date(2025, 11, 3): 3.0, date(2025, 11, 4): 1.0})
    assert share(week, date(2026, 11, 3)) == 0.75


@pytest.mark.parametrize(
    "daily",
    [
        {},
        {date(2025, 11, 1): 0.0},
        {date(2025, 11, 1): 5.0, date(2025, 11, 2): -1.0},
        {date(2025, 11, 1): 1e308, date(2025, 11, 2): 1e308},
    ],
)
def test_what_has_no_shape_is_linear(daily: dict[date, float]) -> None:
    assert seasonal(Calendar(), daily)(NOVEMBER, after(10)) == 10 / 30


def test_without_a_year_before_it_is_linear() -> None:
    rows = (CustomPeriod(NOVEMBER.since, NOVEMBER.until, "only"),)
    calendar = Calendar(Grain.CUSTOM, custom_periods=rows)
    assert seasonal(calendar, {})(NOVEMBER, after(10)) == 10 / 30


@given(calendars(), windows(), st.dictionaries(days, st.floats(0, 1e9)), st.sets(days), st.lists(days))
def test_shares_only_grow_from_0_to_1(
    calendar: Calendar,
    window: Window,
    daily: dict[date, float],
    holidays: set[date],
    untils: list[date],
) -> None:
    shares: tuple[Share, ...] = (linear, business_days(holidays), seasonal(calendar, daily))
    for share in shares:
        found = [share(window, until) for until in sorted([window.since, *untils, window.until])]
        assert found == sorted(found)
        assert share(window, window.since) == 0.0
        assert share(window, window.until) == 1.0
        assert all(0 <= number <= 1 for number in found)
