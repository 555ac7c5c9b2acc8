"""A window of whole days, and the day it is looked at from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.phrase import phrase

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Whole days `[since, until)`; PeriodError when empty or reversed."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise PeriodError(
                phrase(
                    "A window must end after it starts; this one runs %(since)s to %(until)s.",
                    since=self.since,
                    until=self.until,
                )
            )

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return (self.until - self.since).days

    @property
    def last_day(self) -> date:
        """The last day inside the window."""
        return self.until - DAY

    def overlap(self, start: date, end: date) -> int:
        """Days shared with `[start, end)`."""
        return max(0, (min(self.until, end) - max(self.since, start)).days)


@dataclass(frozen=True)
class View:
    """A window as seen on one day; nothing after the as-of day is read (section 3)."""

    window: Window
    as_of: date

    @property
    def closed(self) -> bool:
        """Whether the as-of day is the window's last day or later."""
        return self.as_of >= self.window.last_day

    @property
    def started(self) -> bool:
        """Whether the window has begun on the as-of day."""
        return self.as_of >= self.window.since

    @property
    def elapsed_days(self) -> int:
        """Days of the window up to and including the as-of day."""
        return min(max((self.as_of - self.window.since).days + 1, 0), self.window.days)

    @property
    def readable(self) -> Window | None:
        """The part of the window that may be read, None before it starts."""
        if not self.started:
            return None
        return Window(self.window.since, self.window.since + self.elapsed_days * DAY)
