from datetime import date

import pytest

from superset_kpi_plugin.rollup import PeriodError, View, Window

NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))


def test_a_window_is_half_open() -> None:
    assert NOVEMBER.days == 30
    assert NOVEMBER.last_day == date(2026, 11, 30)
    assert NOVEMBER.overlap(date(2026, 10, 1), date(2026, 11, 11)) == 10
    assert NOVEMBER.overlap(date(2026, 12, 1), date(2027, 1, 1)) == 0


@pytest.mark.parametrize("until", [date(2026, 11, 1), date(2026, 10, 1)])
def test_a_window_ends_after_it_starts(until: date) -> None:
    with pytest.raises(PeriodError, match="must end after it starts"):
        Window(date(2026, 11, 1), until)


def test_an_open_view_may_be_read_up_to_its_as_of_day() -> None:
    view = View(NOVEMBER, date(2026, 11, 10))
    assert (view.started, view.closed, view.elapsed_days) == (True, False, 10)
    assert view.readable == Window(date(2026, 11, 1), date(2026, 11, 11))


def test_a_view_closes_on_its_last_day() -> None:
    assert View(NOVEMBER, date(2026, 11, 30)).closed
    assert not View(NOVEMBER, date(2026, 11, 29)).closed
    assert View(NOVEMBER, date(2030, 1, 1)).readable == NOVEMBER


def test_a_view_of_the_future_reads_nothing() -> None:
    view = View(NOVEMBER, date(2026, 10, 31))
    assert (view.started, view.elapsed_days, view.readable) == (False, 0, None)
