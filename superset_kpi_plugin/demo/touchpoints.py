"""What surrounds the stories: visits, applications, e-mails, advertising, surveys, the market."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from superset_kpi_plugin.demo.events import Span, Table, day_column, kept, named, table
from superset_kpi_plugin.demo.funnel import (
    CHANNEL_ODDS,
    CHANNELS,
    EMAIL,
    EVENT,
    REGION_ODDS,
    REGIONS,
    Leads,
    Orders,
    rows_per_day,
)
from superset_kpi_plugin.demo.noise import Integers, Noise
from superset_kpi_plugin.demo.rhythm import (
    WHOLE_MONTHS,
    add_months,
    day_number,
    demand,
    first_day,
    month_demand,
    month_index,
    month_prices,
    swing,
)

CAMPAIGNS = ("Product demo day", "Customer webinar", "Automation summit")
KINDS = ("demo", "webinar", "event")
SUMMIT_MONTHS = (3, 4, 9, 10)
PAID_CHANNELS = ("search", "ads", "social")
MAILS = ("newsletter", "offer", "nurturing")

_REGION_SIZE = (0.29, 0.26, 0.25, 0.20)
_MARKET = 330_000.0
_BUDGETS = (2_500.0, 1_200.0, 9_000.0)
_BATCH = (
    20_000  # ids of one day; even ones for rows of their own, odd ones for rows that a lead or an order made
)


def web_sessions(noise: Noise, leads: Leads, span: Span) -> Table:
    """Every lead from a web form or a white paper has the visit it came in by."""
    days = np.arange(span.first, span.last + 1)
    on, place = rows_per_day(
        noise, "sessions", days, 430.0 * demand(days) * swing(noise, "visits", days, 0.06)
    )
    key = on * _BATCH + 2 * place
    web = np.flatnonzero((leads.origin != EVENT) & span.holds(leads.created))
    lead_key = leads.created[web] * _BATCH + 2 * (leads.key[web] % 10_000) + 1
    both = np.concatenate([key, lead_key])
    lead = np.arange(len(both)) >= len(key)
    form = np.concatenate([noise.happens("enquiry", 0.012, key), leads.origin[web] == 0])
    return table(
        {
            "session_id": both,
            "visited_on": day_column(np.concatenate([on, leads.created[web]])),
            "region": named(
                np.concatenate([noise.pick("visit region", REGION_ODDS, key), leads.region[web]]), REGIONS
            ),
            "channel": named(
                np.concatenate([noise.pick("visit channel", CHANNEL_ODDS, key), leads.channel[web]]), CHANNELS
            ),
            "device": named(noise.pick("device", (0.58, 0.36, 0.06), both), ("desktop", "phone", "tablet")),
            "page_views": 1 + noise.days("pages", 2.4, 30, both) + lead,
            "enquiry": form,
            "lead": lead,
        }
    )


def _campaign(noise: Noise, on: Integers, key: Integers) -> Integers:
    """The campaign somebody applies to; the summit takes applications in four months of the year."""
    summit = np.isin(month_index(on) % 12 + 1, SUMMIT_MONTHS) & noise.happens("summit", 0.4, key)
    return np.where(summit, 2, noise.pick("campaign", (0.55, 0.45), key))


def applications(noise: Noise, leads: Leads, span: Span) -> Table:
    days = np.arange(span.first, span.last + 1)
    on, place = rows_per_day(noise, "applications", days, 7.0 * demand(days))
    new = np.flatnonzero((leads.origin == EVENT) & span.holds(leads.created))
    own = on * _BATCH + 2 * place
    key = np.concatenate([own, leads.created[new] * _BATCH + 2 * (leads.key[new] % 10_000) + 1])
    applied = np.concatenate([on, leads.created[new]])
    campaign = _campaign(noise, applied, key)
    return table(
        {
            "application_id": key,
            "applied_on": day_column(applied),
            "campaign": named(campaign, CAMPAIGNS),
            "kind": named(campaign, ("demo", "webinar", "event")),
            "new_lead": np.arange(len(key)) >= len(own),
            "region": named(
                np.concatenate([noise.pick("applicant", REGION_ODDS, own), leads.region[new]]), REGIONS
            ),
            "channel": named(
                np.concatenate([noise.pick("applied", CHANNEL_ODDS, own), leads.channel[new]]), CHANNELS
            ),
        }
    )


def emails(noise: Noise, orders: Orders, span: Span) -> Table:
    """One row per e-mail; every order by e-mail has the e-mail that was opened and led to it that day."""
    days = np.arange(span.first, span.last + 1)
    on, place = rows_per_day(noise, "emails", days, 200.0 * demand(days))
    plain = on * _BATCH + 2 * place
    bought = np.flatnonzero((orders.channel == EMAIL) & ~orders.first & span.holds(orders.on))
    count = len(bought)
    delivered = noise.happens("delivered", 0.975, plain)
    opened = delivered & noise.happens("opened", 0.25 * swing(noise, "subject", on, 0.07), plain)
    clicked = opened & noise.happens("clicked", 0.16 * swing(noise, "offer", on, 0.08), plain)
    yes = np.ones(count, dtype=bool)
    mail = np.concatenate([noise.pick("mail", (0.5, 0.3, 0.2), plain), np.full(count, MAILS.index("offer"))])
    region = np.concatenate([noise.pick("reader", REGION_ODDS, plain), orders.region[bought]])
    return table(
        {
            "email_id": np.concatenate([plain, -orders.key[bought]]),
            "sent_on": day_column(np.concatenate([on, orders.on[bought]])),
            "mail": named(mail, MAILS),
            "region": named(region, REGIONS),
            "channel": named(np.full(len(mail), EMAIL), CHANNELS),
            "delivered": np.concatenate([delivered, yes]),
            "opened": np.concatenate([opened, yes]),
            "clicked": np.concatenate([clicked, yes]),
            "converted": np.concatenate([np.zeros(len(plain), dtype=bool), yes]),
        }
    )


def ad_costs(noise: Noise, span: Span) -> Table:
    """One row per day and paid channel. Advertising is bought for the whole country: there is no region."""
    days = np.arange(span.first, span.last + 1)
    day, channel = np.repeat(days, 3), np.tile(np.arange(3), len(days))
    size = np.array([420.0, 310.0, 190.0])[channel]
    spend = size * demand(day) * swing(noise, "advertising", day, 0.06)
    cost = np.rint(spend * np.exp(0.1 * noise.normal("cost", day, channel)))
    impressions = np.rint(cost * (90.0 + 40.0 * noise.uniform("impressions", day, channel)))
    clicks = np.rint(impressions * (0.008 + 0.006 * noise.uniform("clicks", day, channel)))
    return table(
        {
            "spent_on": day_column(day),
            "channel": named(channel, PAID_CHANNELS),
            "cost": cost,
            "impressions": impressions.astype(np.int64),
            "clicks": clicks.astype(np.int64),
        }
    )


def surveys(noise: Noise, orders: Orders, span: Span) -> Table:
    """Satisfaction after purchase, answered some days after the order. The form does not ask the region."""
    answers = noise.happens("answers", 0.4, orders.key)
    key, on, channel = orders.key[answers], orders.on[answers], orders.channel[answers]
    answered = on + 3 + np.floor(12.0 * noise.uniform("answering", key)).astype(np.int64)
    pleased = noise.happens("pleased", np.minimum(0.97, 0.80 * swing(noise, "satisfaction", on, 0.05)), key)
    shade = noise.pick("shade", (0.5, 0.5), key)
    return kept(
        span.holds(answered),
        {
            "order_id": key,
            "answered_on": day_column(answered),
            "channel": named(channel, CHANNELS),
            "score": np.where(pleased, 4 + shade, np.maximum(1, 3 - 2 * shade)),
            "satisfied": pleased,
        },
    )


def market(noise: Noise, until: date) -> Table:
    """The whole market's revenue per month and region. It is published when the month is over."""
    first = first_day(until)
    months = [add_months(first, step) for step in range(WHOLE_MONTHS + 1)]
    ends = [add_months(month, 1) - timedelta(1) for month in months]
    closed = [(month, end) for month, end in zip(months, ends, strict=True) if end <= until]
    end = np.repeat(np.array([day_number(end) for _, end in closed]), len(REGIONS))
    region = np.tile(np.arange(len(REGIONS)), len(closed))
    size = np.repeat(
        np.array([month_demand(month, 30) * month_prices(month) for month, _ in closed]), len(REGIONS)
    )
    share = np.array(_REGION_SIZE)[region] * np.exp(0.03 * noise.normal("market", end, region))
    return table(
        {
            "month_end": day_column(end),
            "region": named(region, REGIONS),
            "revenue": np.rint(_MARKET * size * share),
        }
    )


def campaigns(until: date) -> Table:
    """One row per month in which a campaign takes applications."""
    first = first_day(until)
    months = [add_months(first, step) for step in range(WHOLE_MONTHS + 1)]
    rows = [
        (CAMPAIGNS[kind], KINDS[kind], month, add_months(month, 1) - timedelta(1), _BUDGETS[kind])
        for month in months
        for kind in range(len(CAMPAIGNS))
        if KINDS[kind] != "event" or month.month in SUMMIT_MONTHS
    ]
    names = ("campaign", "kind", "opens_on", "closes_on", "budget")
    return table(dict(zip(names, zip(*rows, strict=True), strict=True)))
