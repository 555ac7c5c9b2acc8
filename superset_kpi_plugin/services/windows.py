"""Which days a request is about: the window, and the viewer's own time filters as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from superset.common.utils.time_range_utils import get_since_until_from_time_range

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _, told_of
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import period_named, period_of
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.window import DAY, Window
from superset_kpi_plugin.services.reading import TEMPORAL_RANGE

NO_FILTER = "No filter"


def choose_window(calendar: Calendar, as_of: date, period: str | None, time_range: str | None) -> Window:
    """The window that a request asks for: a period, a time range, else the period of the as-of day."""
    field = "period" if period else "time_range" if time_range else "as_of"
    try:
        if time_range and time_range != NO_FILTER:
            return _window_of_range(time_range, as_of)
        if period:
            return period_named(calendar, period)
        return period_of(calendar, as_of)
    except PeriodError as ex:
        raise InvalidDocumentError({field: [told_of(ex)]}) from None


def _range(time_range: str) -> tuple[datetime | None, datetime | None]:
    """A Superset time range as moments; relative ones count from today, whatever the as-of day.

    :raises PeriodError: nothing that Superset understands
    """
    try:
        return get_since_until_from_time_range(time_range)
    except Exception as ex:  # Superset's parser raises whatever its grammar and dateutil raise
        text = _("This time range cannot be understood: %(why)s", why=str(ex)[:200])
        raise PeriodError(text) from None


def _window_of_range(time_range: str, as_of: date) -> Window:
    """Whole days of a Superset time range; one without an end runs to the as-of day."""
    since, until = _range(time_range)
    if since is None:
        raise PeriodError(_("A time range for a KPI tree needs a start."))
    try:
        if until is None:
            return Window(since.date(), max(as_of, since.date()) + DAY)
        whole = until.time() == datetime.min.time()
        return Window(since.date(), until.date() if whole else until.date() + DAY)
    except OverflowError:
        raise PeriodError(_("This time range ends after the year 9999.")) from None


def absolute_filters(filters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The viewer's filters with relative time ranges as dates: a cache key must not outlive what it means."""
    resolved = []
    for index, item in enumerate(filters):
        if item["op"] == TEMPORAL_RANGE:
            try:
                since, until = _range(str(item["val"]))
            except PeriodError as ex:
                raise InvalidDocumentError({f"filters.{index}.val": [told_of(ex)]}) from None
            if since is None and until is None:
                continue
            ends = (moment.isoformat() if moment else "" for moment in (since, until))
            item = {**item, "val": " : ".join(ends)}
        resolved.append(item)
    return resolved
