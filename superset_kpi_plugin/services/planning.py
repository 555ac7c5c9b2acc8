"""A year of targets: its periods, what was the year before, and an amount spread over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _, told, told_of
from superset_kpi_plugin.rollup.errors import PeriodError, RollupError
from superset_kpi_plugin.rollup.periods import fiscal_year, name_of, periods_in_year, year_before
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.spread import grow, spread_by_shape, spread_evenly
from superset_kpi_plugin.rollup.types import Accumulation
from superset_kpi_plugin.rollup.window import View, Window
from superset_kpi_plugin.services.evaluation import check_node, open_tree, today_of
from superset_kpi_plugin.services.preview import open_draft
from superset_kpi_plugin.services.specs import Draft

MAX_YEARS_BACK = 2
"""How far back a period's last closed namesake is looked for: a plan for next year is made in this one."""
DECIMALS = 2
"""What a spread amount is rounded to where neither it nor the node's number format asks for more."""
_FORMAT = re.compile(r"\.(\d+)~?([f%])")


Fills = Mapping[str, Mapping[str, Any] | None]
"""How each node's year is to be filled, by its key; None only looks at the year before."""


def plan_year(
    document: dict[str, Any], fills: Fills, as_of: date | None = None, year: date | None = None
) -> dict[str, Any]:
    """The year that holds a day, without one the as-of day, as `docs/api.md` describes.

    What was the year before is read as the current user, for all of the nodes together.

    :raises InvalidDocumentError: a document of which nothing can be told, no such node, a day or a fill that
        cannot be followed
    """
    draft, _mended, _errors = open_draft(document)
    spec = draft.definition.spec
    for key in fills:
        check_node(spec, key, f"fills.{key[:100]}")
    today = as_of or today_of(draft)
    try:
        whole = fiscal_year(spec.calendar, year or today)
        periods = periods_in_year(spec.calendar, whole)
    except PeriodError as ex:
        raise InvalidDocumentError({"year": [told_of(ex)]}) from None
    views = [_closed_namesake(spec.calendar, period, today) for period in periods]
    past = _read(draft, today, views)
    formats = {node.key: node.d3format for node in draft.definition.nodes}
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
                "last_year": view and name_of(spec.calendar, view.window),
            }
            for period, view in zip(periods, views, strict=True)
        ],
        "nodes": {
            key: _planned(
                key,
                _Year(spec.nodes[key].accumulation, periods, [_at(one, key) for one in past], formats[key]),
                fill,
            )
            for key, fill in fills.items()
        },
    }


@dataclass(frozen=True)
class _Year:
    """What a node's fill is worked out from: the periods, and its results in their namesakes, where known."""

    accumulation: Accumulation
    periods: Sequence[Window]
    past: Sequence[NodeResult | None]
    d3format: str | None


def _at(evaluation: Evaluation | None, key: str) -> NodeResult | None:
    return None if evaluation is None else evaluation.nodes[key]


def _planned(key: str, year: _Year, fill: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "last_year": [None if result is None else result.actual for result in year.past],
        "reasons": [
            None
            if result is None or "actual" not in result.reasons
            else told(result.reasons["actual"].message)
            for result in year.past
        ],
        "proposed": _filled(year, fill, f"fills.{key}") if fill and year.periods else None,
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


def _read(draft: Draft, today: date, views: Sequence[View | None]) -> list[Evaluation | None]:
    wanted = [view for view in views if view is not None]
    if not wanted:
        return [None for _view in views]
    reader = open_tree(draft, as_of=today, window=wanted[0].window)
    found = iter(reader.evaluate_each(wanted))
    return [None if view is None else next(found) for view in views]


def _filled(year: _Year, fill: Mapping[str, Any], path: str) -> list[float | None]:
    """What a fill makes of the year; None where a percentage has nothing to grow from."""
    try:
        return _spread(year, fill, path)
    except RollupError as ex:
        raise InvalidDocumentError({path: [told_of(ex)]}) from None


def _spread(year: _Year, fill: Mapping[str, Any], path: str) -> list[float | None]:
    amount = fill["amount"]
    decimals = _decimals(amount, year.d3format)
    if fill["how"] == "even":
        return list(spread_evenly(year.accumulation, year.periods, amount, decimals))
    was = [None if result is None else result.actual for result in year.past]
    known = [value for value in was if value is not None]
    if fill["how"] == "grow":
        if not known:
            raise InvalidDocumentError({path: [_("There is no actual of the year before to grow from.")]})
        grown = iter(grow(known, fill["percent"], decimals))
        return [None if value is None else next(grown) for value in was]
    if len(known) < len(year.periods):
        raise InvalidDocumentError(
            {path: [_("The year before has no actual in every period; spread the amount evenly instead.")]}
        )
    return list(spread_by_shape(year.accumulation, year.periods, amount, known, decimals))


def _decimals(amount: float | None, d3format: str | None) -> int:
    """As many as the node's format shows or the amount was written with: a target is a round number."""
    written = _FORMAT.search(d3format or "")
    shown = int(written[1]) + (2 if written[2] == "%" else 0) if written else DECIMALS
    entered = 0 if amount is None else len(f"{amount:.12f}".rstrip("0").partition(".")[2])
    return min(max(shown, entered), 12)
