"""Days off: by country and part of it, in the installed package's own words."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

import pytest

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.services.holidays import YEARS, holidays_between, problem_of

NEW_YEAR, NEXT_NEW_YEAR = date(2026, 1, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("DE", date(2026, 10, 3)),
        ("DE-BY", date(2026, 11, 1)),
        ("JP", date(2026, 11, 3)),
        ("US", date(2026, 7, 4)),
        ("VN", date(2026, 9, 2)),
    ],
)
def test_a_day_off(place: str, day: date) -> None:
    assert problem_of(place) is None
    year = holidays_between(place, NEW_YEAR, NEXT_NEW_YEAR)
    assert day in year
    assert all(NEW_YEAR <= one < NEXT_NEW_YEAR for one in year)
    assert holidays_between(place, day, day + timedelta(1)) == {day}
    assert day not in holidays_between(place, NEW_YEAR, day)


def test_a_part_has_days_that_the_whole_has_not() -> None:
    whole, part = (holidays_between(place, NEW_YEAR, NEXT_NEW_YEAR) for place in ("DE", "DE-BY"))
    assert whole < part


def test_a_span_over_several_years_is_the_sum_of_them() -> None:
    both = holidays_between("JP", date(2025, 6, 1), date(2027, 3, 1))
    parts = [(date(2025, 6, 1), NEW_YEAR), (NEW_YEAR, NEXT_NEW_YEAR), (NEXT_NEW_YEAR, date(2027, 3, 1))]
    assert both == frozenset().union(*(holidays_between("JP", *part) for part in parts))
    assert {day.year for day in both} == {2025, 2026, 2027}


def test_nowhere_has_no_day_off_and_an_empty_span_neither() -> None:
    assert holidays_between(None, date.min, date.max) == frozenset()
    assert holidays_between("DE", NEW_YEAR, NEW_YEAR) == frozenset()


def test_a_span_without_an_end_is_no_burden() -> None:
    started = perf_counter()
    found = holidays_between("JP", date.min, date.max)
    assert perf_counter() - started < 5
    assert found
    assert all(day.year in YEARS for day in found)


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        ("XX", "DE, JP, US or VN"),
        ("de", "DE, JP, US or VN"),
        ("", "DE, JP, US or VN"),
        ("DE-XX", "DE-BE, "),
        ("DE-", "DE-BE, "),
        ("DE-BY-", "DE-BE, "),
        ("VN-1", "write VN"),
    ],
)
def test_what_is_no_place_is_told_with_what_to_write(place: str, advice: str) -> None:
    assert advice in (problem_of(place) or "")
    with pytest.raises(InvalidDocumentError, match=advice):
        holidays_between(place, NEW_YEAR, NEXT_NEW_YEAR)
