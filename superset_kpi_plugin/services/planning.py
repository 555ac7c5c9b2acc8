"""A year of a node's targets: its periods, what was the year before, and an amount spread over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.errors import PeriodError, RollupError
from superset_kpi_plugin.rollup.periods import fiscal_year, name_of, periods_in_year, year_before
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.spread import grow, spread_by_shape, spread_evenly
from superset_kpi_plugin.rollup.types import Accumulation
from superset_kpi_plugin.rollup.window import View, Window
from superset_kpi_plugin.services.evaluation import check_node, open_tree, today_of
from superset_kpi_plugin.services.preview import open_draft

MAX_YEARS_BACK = 2
"""How far back a period's last closed namesake is looked for: a plan for next year is made in this one."""
DECIMALS = 2
"""What a spread amount is rounded to where neither it nor the node's number format asks for more."""
_FORMAT = re.compile(r"\.(\d+)~?([f%])")


@dataclass(frozen=True)
class Past:
    """A period's last closed namesake, and what the node was in it."""

    window: Window
    actual: float | None
    reason: str | None


def plan_year(
    document: dict[str, Any],
    key: str,
    as_of: date | None = None,
    year: date | None = None,
    fill: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The year that holds a day, without one the as-of day, as `docs/api.md` describes.

    What was the year before is read as the current user.

    :raises InvalidDocumentError: a document of which nothing can be told, no such node, a day or a fill that
        cannot be followed
    """
    draft, _mended, _errors = open_draft(document)
    spec = draft.definition.spec
    check_node(spec, key, "key")
    today = as_of or today_of(draft)
    try:
        whole = fiscal_year(spec.calendar, year or today)
        periods = periods_in_year(spec.calendar, whole)
    except PeriodError as ex:
        raise InvalidDocumentError({"year": [str(ex)]}) from None
    closed = [_closed_namesake(spec.calendar, period, today) for period in periods]
    past = _read(draft, key, today, closed)
    accumulation = spec.nodes[key].accumulation
    decimals = next(node.d3format for node in draft.definition.nodes if node.key == key)
    return {
        "year": {
            "name": _year_name(spec.calendar, whole),
            "since": whole.since.isoformat(),
            "until": whole.until.isoformat(),
        },
        "periods": [
            {
                "name": name_of(spec.calendar, period),
                "start": period.since.isoformat(),
                "end": period.until.isoformat(),
                "last_year": was
                and {
                    "name": name_of(spec.calendar, was.window),
                    "actual": was.actual,
                    "reason": was.reason,
                },
            }
            for period, was in zip(periods, past, strict=True)
        ],
        "proposed": _filled(accumulation, periods, past, fill, decimals) if fill and periods else None,
    }


def _year_name(calendar: Calendar, year: Window) -> str:
    return f"{'FY' if calendar.fiscal_year_start_month != 1 else ''}{year.since.year}"


def _closed_namesake(calendar: Calendar, period: Window, today: date) -> View | None:
    """The same period of the last year in which it is over; None where there is none to look at."""
    try:
        for _back in range(MAX_YEARS_BACK):
            period = year_before(calendar, period)
            view = View(period, today)
            if view.closed:
                return view
    except PeriodError:
        return None
    return None


def _read(draft: Any, key: str, today: date, views: Sequence[View | None]) -> list[Past | None]:
    wanted = [view for view in views if view is not None]
    if not wanted:
        return [None for _view in views]
    reader = open_tree(draft, as_of=today, window=wanted[0].window)
    found = iter(reader.evaluate_each(wanted))
    past: list[Past | None] = []
    for view in views:
        if view is None:
            past.append(None)
            continue
        result = next(found).nodes[key]
        reason = result.reasons.get("actual")
        past.append(Past(view.window, result.actual, None if reason is None else reason.message))
    return past


def _filled(
    accumulation: Accumulation,
    periods: Sequence[Window],
    past: Sequence[Past | None],
    fill: dict[str, Any],
    d3format: str | None,
) -> list[float | None]:
    """What a fill makes of the year; None where a percentage has nothing to grow from."""
    if fill["how"] == "even":
        return list(spread_evenly(accumulation, periods, fill["amount"], _decimals(fill["amount"], d3format)))
    was = [None if period is None else period.actual for period in past]
    known = [value for value in was if value is not None]
    if fill["how"] == "grow":
        if not known:
            raise InvalidDocumentError({"fill": [_("There is no actual of the year before to grow from.")]})
        grown = iter(grow(known, fill["percent"], _decimals(None, d3format)))
        return [None if value is None else next(grown) for value in was]
    if len(known) < len(periods):
        raise InvalidDocumentError(
            {"fill": [_("The year before has no actual in every period; spread the amount evenly instead.")]}
        )
    try:
        amount = fill["amount"]
        decimals = _decimals(amount, d3format)
        return list(spread_by_shape(accumulation, periods, amount, known, decimals))
    except RollupError as ex:
        raise InvalidDocumentError({"fill": [str(ex)]}) from None


def _decimals(amount: float | None, d3format: str | None) -> int:
    """As many as the node's format shows or the amount was written with: a target is a round number."""
    written = _FORMAT.search(d3format or "")
    shown = int(written[1]) + (2 if written[2] == "%" else 0) if written else DECIMALS
    entered = 0 if amount is None else len(f"{amount:.12f}".rstrip("0").partition(".")[2])
    return min(max(shown, entered), 12)
