"""The demo's rows: an embedded DuckDB file with 24 whole months and the days of the current one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from superset_kpi_plugin.demo import events, touchpoints
from superset_kpi_plugin.demo.funnel import (
    LONGEST_STORY,
    draw_calls,
    draw_leads,
    draw_negotiations,
    draw_orders,
)
from superset_kpi_plugin.demo.levels import CUSTOMER_SPANS, levels_sql
from superset_kpi_plugin.demo.noise import Noise
from superset_kpi_plugin.demo.rhythm import day_number, first_day

SEED = 61

# The day each table is ordered by: near rows are read together, and the file is the same every time.
TIME_COLUMNS = {
    "web_sessions": "visited_on",
    "lead_events": "event_on",
    "lead_levels": "day",
    "campaigns": "opens_on",
    "applications": "applied_on",
    "emails": "sent_on",
    "calls": "called_on",
    "negotiation_events": "event_on",
    "orders": "ordered_on",
    "ad_costs": "spent_on",
    "customer_levels": "day",
    "surveys": "answered_on",
    "market": "month_end",
}
TABLE_PREFIX = "demo_"


def generate(path: Path, until: date, seed: int = SEED) -> None:
    """Write the file; the same seed and last day give the same rows.

    A later last day adds rows and changes none of the days before it that both files hold. The file appears
    under its name only when it is whole.
    """
    tables = _tables(until, seed)
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(draft)) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        _write(connection, until)
    draft.replace(path)


def _tables(until: date, seed: int) -> dict[str, events.Table]:
    noise = Noise(seed)
    span = events.Span(day_number(first_day(until)), day_number(until))
    days = np.arange(span.first - LONGEST_STORY, span.last + 1)
    leads = draw_leads(noise, days)
    calls = draw_calls(noise, leads)
    negotiations = draw_negotiations(noise, days, leads, calls)
    orders = draw_orders(noise, negotiations)
    history = events.lead_history(leads, calls, negotiations)
    return {
        "web_sessions": touchpoints.web_sessions(noise, leads, span),
        "lead_events": events.lead_events(leads, history, span),
        "lead_spans": events.lead_spans(leads, history),
        "campaigns": touchpoints.campaigns(until),
        "applications": touchpoints.applications(noise, leads, span),
        "emails": touchpoints.emails(noise, orders, span),
        "calls": events.call_events(leads, calls, span),
        "negotiation_events": events.negotiation_events(negotiations, span),
        "all_orders": events.order_events(orders, span),
        "ad_costs": touchpoints.ad_costs(noise, span),
        "surveys": touchpoints.surveys(noise, orders, span),
        "market": touchpoints.market(noise, until),
    }


def _write(connection: duckdb.DuckDBPyConnection, until: date) -> None:
    first, last = f"DATE '{first_day(until)}'", f"DATE '{until}'"
    connection.execute(f"CREATE TEMP VIEW orders AS SELECT * FROM all_orders WHERE ordered_on >= {first}")
    connection.execute(CUSTOMER_SPANS)
    for name, day in TIME_COLUMNS.items():
        if not name.endswith("_levels"):
            connection.execute(f"CREATE TABLE {TABLE_PREFIX}{name} AS SELECT * FROM {name} ORDER BY {day}")
    connection.execute(
        levels_sql(
            f"{TABLE_PREFIX}lead_levels",
            "lead_spans",
            ("region", "channel", "status"),
            {"leads": "1"},
            first,
            last,
        )
    )
    connection.execute(
        levels_sql(
            f"{TABLE_PREFIX}customer_levels",
            "customer_spans",
            ("region", "won_by", "state", "score_band"),
            {"customers": "1", "lifetime_revenue": "lifetime_revenue"},
            first,
            last,
        )
    )
