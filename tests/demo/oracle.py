"""What every node of the demo's tree must read, as SQL written by hand against the DuckDB file.

Nothing here comes from the demo's metrics or formulas: `actual_sql("revenue", since, until)` is a query with
one number, for the days `[since, until)`. In an open month, `until` is the day after the as-of day. `None`
stands for a node that no table holds: `brand_awareness`, whose typed-in values are the tree document's own.

DuckDB refuses two connections of one process to one file with different settings, and Superset's has its own:
`opened` reads a copy of the file.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from superset_kpi_plugin.demo.rhythm import add_months

MANUAL = "brand_awareness"


def _where(day: str, *conditions: str) -> str:
    span = f"{day} >= {{since}} AND {day} < {{until}}"
    return " AND ".join((span, *conditions))


def _share(flag: str, table: str, where: str) -> str:
    return f"SELECT avg(CASE WHEN {flag} THEN 1 ELSE 0 END) FROM {table} WHERE {where}"


_FIRST = _where("ordered_on", "won_by = 'marketing'", "customer_type = 'new'")
_REPEAT = _where("ordered_on", "won_by = 'marketing'", "customer_type = 'repeat'")
_ALL_ORDERS = _where("ordered_on")
_OPENED = _where("event_on", "stage = 'opened'", "source <> 'field sales'")
_WON = _where("event_on", "stage = 'won'", "source <> 'field sales'")
_STEPS = _where("event_on")
_MAILED = _where("sent_on")
_CALLED = _where("called_on")
_VISITED = _where("visited_on")
_APPLIED = _where("applied_on")
_SPENT = _where("spent_on")
_ANSWERED = _where("answered_on")
_LEVEL = _where("day")
_LAST_LEAD_DAY = f"(SELECT max(day) FROM demo_lead_levels WHERE {_LEVEL})"
_LAST_CUSTOMER_DAY = f"(SELECT max(day) FROM demo_customer_levels WHERE {_LEVEL})"
_BEFORE = "ordered_on >= {before} AND ordered_on < {before_until}"
_LEVEL_BEFORE = "day >= {before} AND day < {before_until}"
_HELD_BEFORE = f"""(SELECT sum(leads) FROM demo_lead_levels WHERE status = 'new'
    AND day = (SELECT max(day) FROM demo_lead_levels WHERE {_LEVEL_BEFORE}))"""
_ENGAGED = f"{_STEPS} AND from_status = 'new' AND to_status = 'engaged'"
_RISEN = f"(SELECT count(*) FROM demo_lead_events WHERE {_ENGAGED})"
_CREATED = f"{_STEPS} AND to_status = 'new'"
_AD_COST = f"(SELECT sum(cost) FROM demo_ad_costs WHERE {_SPENT})"
_COMPANY = f"(SELECT sum(revenue) FROM demo_orders WHERE {_ALL_ORDERS})"
_COMPANY_BEFORE = f"(SELECT sum(revenue) FROM demo_orders WHERE {_BEFORE})"
_MARKET = f"(SELECT sum(revenue) FROM demo_market WHERE {_where('month_end')})"

_SQL = {
    "revenue": f"""
        SELECT sum(list_amount - discount) FROM demo_orders WHERE {_ALL_ORDERS} AND won_by = 'marketing'""",
    "new_orders": f"SELECT count(*) FROM demo_orders WHERE {_FIRST}",
    "new_order_value": f"SELECT sum(revenue) / count(*) FROM demo_orders WHERE {_FIRST}",
    "new_list_value": f"SELECT sum(list_amount) / count(*) FROM demo_orders WHERE {_FIRST}",
    "new_discount": f"SELECT sum(list_amount - revenue) / count(*) FROM demo_orders WHERE {_FIRST}",
    "discount_rate": f"SELECT sum(discount) / sum(list_amount) FROM demo_orders WHERE {_FIRST}",
    "repeat_orders": f"SELECT count(*) FROM demo_orders WHERE {_REPEAT}",
    "repeat_order_value": f"SELECT sum(revenue) / count(*) FROM demo_orders WHERE {_REPEAT}",
    "direct_repeat_orders": f"SELECT count(*) FROM demo_orders WHERE {_REPEAT} AND channel = 'direct'",
    "company_revenue": f"SELECT {_COMPANY}",
    "company_revenue_before": f"SELECT {_COMPANY_BEFORE}",
    "revenue_growth": f"SELECT ({_COMPANY} - {_COMPANY_BEFORE}) / {_COMPANY_BEFORE}",
    "market_revenue": f"SELECT {_MARKET}",
    "market_share": f"SELECT {_COMPANY} / {_MARKET}",
    "negotiations": f"SELECT count(DISTINCT negotiation_id) FROM demo_negotiation_events WHERE {_OPENED}",
    "nurtured_negotiations": (
        f"SELECT count(*) FROM demo_negotiation_events WHERE {_where('event_on')} AND stage = 'opened' "
        "AND source = 'nurturing'"
    ),
    "order_rate": f"""
        SELECT (SELECT count(*) FROM demo_negotiation_events WHERE {_WON})
            / (SELECT count(*) FROM demo_negotiation_events WHERE {_OPENED})""",
    "calls": f"SELECT count(*) FROM demo_calls WHERE {_CALLED}",
    "called_leads": f"SELECT count(*) FROM (SELECT lead_id FROM demo_calls WHERE {_CALLED} GROUP BY lead_id)",
    "calls_per_lead": f"""
        SELECT avg(times) FROM (SELECT count(*) AS times FROM demo_calls WHERE {_CALLED} GROUP BY lead_id)""",
    "appointment_rate": _share("appointment", "demo_calls", _CALLED),
    "negotiation_rate": _share("negotiation", "demo_calls", _CALLED + " AND appointment"),
    "mqls": f"SELECT count(DISTINCT lead_id) FROM demo_lead_events WHERE {_STEPS} AND to_status = 'mql'",
    "mql_rate": f"""
        SELECT (SELECT count(*) FROM demo_lead_events WHERE {_STEPS} AND to_status = 'mql')
            / (SELECT count(*) FROM demo_lead_events WHERE {_CREATED})""",
    "new_leads": f"SELECT count(DISTINCT lead_id) FROM demo_lead_events WHERE {_CREATED}",
    "white_paper_leads": f"""
        SELECT count(*) FROM demo_lead_events WHERE {_CREATED} AND origin = 'white paper'""",
    "risen_leads": f"SELECT {_RISEN}",
    "new_leads_held_before": f"SELECT {_HELD_BEFORE}",
    "rising_rate": f"SELECT {_RISEN} / {_HELD_BEFORE}",
    "leads_held": f"SELECT sum(leads) FROM demo_lead_levels WHERE day = {_LAST_LEAD_DAY}",
    "prospects": "SELECT count(*) FROM demo_lead_events WHERE event_on < {until} AND to_status = 'new'",
    "visits": f"SELECT count(*) FROM demo_web_sessions WHERE {_VISITED}",
    "visit_lead_rate": _share("lead", "demo_web_sessions", _VISITED),
    "event_leads": f"""
        SELECT count(*) FROM demo_lead_events WHERE {_CREATED} AND origin = 'event'""",
    "summit_applications": f"""
        SELECT count(*) FROM demo_applications WHERE {_APPLIED} AND campaign = 'Automation summit'""",
    "campaigns_opened": f"SELECT count(*) FROM demo_campaigns WHERE {_where('opens_on')}",
    "ad_cost": f"SELECT {_AD_COST}",
    "cost_per_lead": f"""
        SELECT {_AD_COST} / (SELECT count(*) FROM demo_lead_events WHERE {_CREATED})""",
    "cost_per_order": f"SELECT {_AD_COST} / (SELECT count(*) FROM demo_orders WHERE {_FIRST})",
    "emails_delivered": f"SELECT count(*) FROM demo_emails WHERE {_MAILED} AND delivered",
    "email_open_rate": _share("opened", "demo_emails", _MAILED + " AND delivered"),
    "email_click_rate": _share("clicked", "demo_emails", _MAILED + " AND opened"),
    "email_conversion_rate": _share("converted", "demo_emails", _MAILED + " AND opened"),
    "satisfaction": _share("score >= 4", "demo_surveys", _ANSWERED),
    "active_customers": f"""
        SELECT sum(customers) FROM demo_customer_levels
        WHERE state = 'active' AND day = {_LAST_CUSTOMER_DAY}""",
    "dormant_customers": f"""
        SELECT sum(customers) FROM demo_customer_levels
        WHERE state = 'dormant' AND day = {_LAST_CUSTOMER_DAY}""",
    "lifetime_value": f"""
        SELECT sum(lifetime_revenue) / sum(customers) FROM demo_customer_levels
        WHERE {_LEVEL} AND won_by = 'marketing'""",
}

KEYS = (*_SQL, MANUAL)


def actual_sql(key: str, since: date, until: date) -> str | None:
    """One number of one node over `[since, until)`, a whole month or the beginning of one."""
    if key == MANUAL:
        return None
    before = add_months(since, -1)
    whole = until == add_months(since, 1)
    before_until = since if whole else min(before + (until - since), since)
    days = {"since": since, "until": until, "before": before, "before_until": before_until}
    return _SQL[key].format(**{name: f"DATE '{day}'" for name, day in days.items()})


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the demo's file, whoever else of this process has the file itself open."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, Path(folder) / "oracle.duckdb")
        with duckdb.connect(str(copy), read_only=True) as connection:
            yield connection


def ask(connection: duckdb.DuckDBPyConnection, key: str, since: date, until: date) -> float | None:
    """The node's actual, `None` where the data have none."""
    sql = actual_sql(key, since, until)
    row = connection.execute(sql).fetchone() if sql else None
    return None if row is None or row[0] is None else float(row[0])
