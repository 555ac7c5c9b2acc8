"""The plan behind the targets: what was wanted of each node, month by month, decided without reading a row.

The plan knows how business grows and which months are busy; how much of it a node gets is a level. The
levels lie near what the generator brings on average, some above and some below, so that a healthy tree
shows every status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from superset_kpi_plugin.demo.nodes import BY_KEY, ROOT
from superset_kpi_plugin.demo.noise import Noise
from superset_kpi_plugin.demo.rhythm import (
    WHOLE_MONTHS,
    add_months,
    day_number,
    first_day,
    month_demand,
    month_prices,
    swing,
)
from superset_kpi_plugin.demo.rows import SEED
from superset_kpi_plugin.demo.touchpoints import SUMMIT_MONTHS
from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.rollup.types import Undefined

FISCAL_YEAR_START_MONTH = 4

_STRETCH = 1.01  # management asks a little more of the root than its drivers' targets make


@dataclass(frozen=True)
class Goal:
    """A level per unit of demand (`lag` days earlier) or, without a lag, the same every month.

    Baseline and band are shares of the target, so that they grow with it.
    """

    level: float
    lag: int | None = None
    priced: bool = False
    digits: int = 0
    baseline: float | None = None
    band: tuple[float, float] | None = None


_GOALS = {
    "visits": Goal(482.0, lag=0, digits=-2),
    "visit_lead_rate": Goal(0.098, digits=4),
    "event_leads": Goal(8.8, lag=0, digits=-1),
    "white_paper_leads": Goal(25.0, lag=0, digits=-1),
    "mql_rate": Goal(0.35, digits=3),
    "rising_rate": Goal(0.50, digits=3, baseline=0.0),
    "risen_leads": Goal(35.0, lag=15, digits=-1),
    "leads_held": Goal(152.0, lag=20, digits=-1),
    "cost_per_lead": Goal(17.5, digits=2),
    "cost_per_order": Goal(370.0, digits=2),
    "ad_cost": Goal(930.0, lag=0, digits=-2, band=(0.93, 1.05)),
    "called_leads": Goal(20.6, lag=20, digits=-1),
    "calls_per_lead": Goal(2.25, digits=2, band=(0.9, 1.1)),
    "calls": Goal(46.4, lag=20, digits=-1),
    "appointment_rate": Goal(0.205, digits=3),
    "negotiation_rate": Goal(0.62, digits=3),
    "nurtured_negotiations": Goal(1.16, lag=40),
    "order_rate": Goal(0.375, digits=3),
    "discount_rate": Goal(0.08, digits=3, band=(0.85, 1.125)),
    "new_list_value": Goal(4_350.0, priced=True, digits=-1),
    "new_discount": Goal(352.0, priced=True, digits=-1),
    "emails_delivered": Goal(195.0, lag=0, digits=-2),
    "email_open_rate": Goal(0.265, digits=3),
    "email_click_rate": Goal(0.24, digits=3),
    "email_conversion_rate": Goal(0.068, digits=3),
    "direct_repeat_orders": Goal(3.95, lag=20),
    "repeat_order_value": Goal(1_710.0, priced=True, digits=-1),
    "satisfaction": Goal(0.82, digits=2),
    "active_customers": Goal(23.8, lag=40, digits=-1, baseline=0.85),
    "dormant_customers": Goal(10.9, lag=150, digits=-1, baseline=1.25),
    "lifetime_value": Goal(7_800.0, priced=True, digits=-1),
    "company_revenue": Goal(28_600.0, lag=40, priced=True, digits=-3),
    "market_share": Goal(0.086, digits=4),
    "revenue_growth": Goal(0.02, digits=3, baseline=-4.0),
    "brand_awareness": Goal(0.26, digits=3),
}
_SUMMIT_LEVEL = 5.9
_PROSPECT_LEVEL = 55.0
_AWARENESS = 0.245


def planned_months(until: date) -> list[date]:
    """From the first month with rows to the last month of the fiscal year of the last day."""
    first = first_day(until)
    end = add_months(until, (FISCAL_YEAR_START_MONTH - 1 - until.month) % 12)
    count = (end.year - first.year) * 12 + end.month - first.month + 1
    return [add_months(first, step) for step in range(count)]


def targets(key: str, until: date) -> list[dict[str, object]]:
    """One target row per planned month; none where a node is nobody's goal or follows from its drivers."""
    months = planned_months(until)
    return [row for month in months for row in _rows(key, month, months[0])]


def manual_values(until: date) -> list[dict[str, object]]:
    """Brand awareness of the closed months; the survey of the current month is not in yet."""
    months = [add_months(first_day(until), step) for step in range(WHOLE_MONTHS)]
    return [{**_span(month), "value": round(_awareness(month), 3)} for month in months]


def _awareness(month: date) -> float:
    """A brand that becomes known slowly, and better in the months with many visits."""
    day = np.array([day_number(month)])
    return _AWARENESS * month_prices(month) * float(swing(Noise(SEED), "visits", day, 0.06)[0])


def _rows(key: str, month: date, first: date) -> Iterator[dict[str, object]]:
    value = _value(key, month, first)
    if value is None:
        return
    goal = _GOALS.get(key)
    low, high = goal.band if goal and goal.band else (None, None)
    yield {
        **_span(month),
        "dimension": None,
        "member": None,
        "value": value,
        "baseline": _part(value, goal.baseline if goal else None),
        "lower": _part(value, low),
        "upper": _part(value, high),
    }


def _value(key: str, month: date, first: date) -> float | None:
    if key == ROOT:
        return round(_from_drivers(ROOT, month, first) * _STRETCH, -3)
    if key == "summit_applications":
        return round(_SUMMIT_LEVEL * month_demand(month)) if month.month in SUMMIT_MONTHS else 0.0
    if key == "campaigns_opened":
        return 3.0 if month.month in SUMMIT_MONTHS else 2.0
    if key == "prospects":
        return round(sum(_PROSPECT_LEVEL * month_demand(past) for past in _months_to(month, first)), -2)
    goal = _GOALS.get(key)
    return None if goal is None else _planned(goal, month)


def _planned(goal: Goal, month: date) -> float:
    value = goal.level if goal.lag is None else goal.level * month_demand(month, goal.lag)
    return round(value * (month_prices(month) if goal.priced else 1.0), goal.digits)


def _from_drivers(key: str, month: date, first: date) -> float:
    """A parent's target where only its drivers have one: its formula over theirs."""
    formula = parse(BY_KEY[key].formula or "")
    values: dict[str, float | Undefined] = {}
    for child in formula:
        own = _value(child, month, first)
        values[child] = _from_drivers(child, month, first) if own is None else own
    result = formula.evaluate(values)
    assert isinstance(result, float), f"{key}: {result}"
    return result


def _months_to(month: date, first: date) -> Iterator[date]:
    while first <= month:
        yield first
        first = add_months(first, 1)


def _part(value: float, share: float | None) -> float | None:
    return None if share is None else round(value * share, 6)


def _span(month: date) -> dict[str, object]:
    return {"start": month.isoformat(), "end": add_months(month, 1).isoformat()}
