"""The stories as fact tables: one row is one event, and a row's day is the day it happened on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray

from superset_kpi_plugin.demo.funnel import (
    CHANNELS,
    FIELD_SALES,
    NEVER,
    ORIGINS,
    REGIONS,
    SOURCES,
    STATUSES,
    Calls,
    Leads,
    Negotiations,
    Orders,
)
from superset_kpi_plugin.demo.noise import Flags, Integers

Table: TypeAlias = pa.Table

_QUIET_DAYS = 90
_QUIET_MQL_DAYS = 75
_ORIGIN_SCORE = np.array([22, 12, 17])
_STATUS_SCORE = np.array([0, 18, 38, 55, 70, -10])


@dataclass(frozen=True)
class Span:
    """The days the file holds, both included."""

    first: int
    last: int

    def holds(self, days: Integers) -> Flags:
        return (days >= self.first) & (days <= self.last)


def day_column(days: Integers) -> NDArray[np.datetime64]:
    return days.astype("datetime64[D]")


def named(codes: Integers, names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), list(names))


def table(columns: dict[str, object]) -> Table:
    return pa.table(columns)


def kept(keep: Flags, columns: dict[str, object]) -> Table:
    return pa.table(columns).filter(pa.array(keep))


@dataclass(frozen=True)
class History:
    """One row per step of a lead: it leaves one status and enters another."""

    lead: Integers
    on: Integers
    before: Integers
    after: Integers


def lead_history(leads: Leads, calls: Calls, negotiations: Negotiations) -> History:
    count = len(leads.key)
    opened, decided = np.full(count, NEVER), np.full(count, NEVER)
    won = np.zeros(count, dtype=bool)
    own = negotiations.lead >= 0
    opened[negotiations.lead[own]] = negotiations.opened[own]
    decided[negotiations.lead[own]] = negotiations.decided[own]
    won[negotiations.lead[own]] = negotiations.won[own]

    quiet = np.where(leads.engaged < NEVER, leads.engaged, leads.created) + _QUIET_DAYS
    quiet = np.where(leads.mql < NEVER, leads.mql + _QUIET_MQL_DAYS, quiet)
    archived = np.where(opened < NEVER, np.where(won, NEVER, decided), quiet)
    customer = np.where(won, decided, NEVER)

    before = np.zeros(count, dtype=np.int64)
    parts = [(np.arange(count), leads.created, np.full(count, -1), before)]
    steps = enumerate((leads.engaged, leads.mql, opened, customer, archived), start=1)
    for status, on in steps:
        rises = on < NEVER
        lead = np.flatnonzero(rises)
        parts.append((lead, on[rises], before[rises], np.full(len(lead), status)))
        before = np.where(rises, status, before)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return History(*columns)


def lead_events(leads: Leads, history: History, span: Span) -> Table:
    score = _ORIGIN_SCORE[leads.origin[history.lead]] + _STATUS_SCORE[history.after]
    score = score + leads.key[history.lead] % 13
    return kept(
        span.holds(history.on),
        {
            "lead_id": leads.key[history.lead],
            "event_on": day_column(history.on),
            "from_status": named(history.before + 1, ("none", *STATUSES)),
            "to_status": named(history.after, STATUSES),
            "score": np.clip(score, 0, 100),
            "origin": named(leads.origin[history.lead], ORIGINS),
            "region": named(leads.region[history.lead], REGIONS),
            "channel": named(leads.channel[history.lead], CHANNELS),
        },
    )


def lead_spans(leads: Leads, history: History) -> Table:
    """The days on which a lead is held in a status: from its step in, until the day of its next step."""
    order = np.lexsort((history.after, history.on, history.lead))
    lead, on, after = history.lead[order], history.on[order], history.after[order]
    until = np.append(on[1:], NEVER)
    until[np.append(lead[1:] != lead[:-1], True)] = NEVER
    return kept(
        (after < STATUSES.index("customer")) & (until > on),
        {
            "from_on": day_column(on),
            "until_on": day_column(until),
            "status": named(after, STATUSES),
            "region": named(leads.region[lead], REGIONS),
            "channel": named(leads.channel[lead], CHANNELS),
        },
    )


def call_events(leads: Leads, calls: Calls, span: Span) -> Table:
    outcome = np.where(calls.negotiation, 2, np.where(calls.appointment, 1, 0))
    return kept(
        span.holds(calls.on),
        {
            "call_id": leads.key[calls.lead] * 10 + calls.attempt,
            "called_on": day_column(calls.on),
            "lead_id": leads.key[calls.lead],
            "attempt": calls.attempt,
            "outcome": named(outcome, ("no appointment", "appointment", "appointment and negotiation")),
            "appointment": calls.appointment,
            "negotiation": calls.negotiation,
            "region": named(leads.region[calls.lead], REGIONS),
            "channel": named(leads.channel[calls.lead], CHANNELS),
        },
    )


def negotiation_events(negotiations: Negotiations, span: Span) -> Table:
    """Two rows per negotiation: opened, then won or lost."""
    both = np.tile(np.arange(len(negotiations.key)), 2)
    decided = np.arange(len(both)) >= len(negotiations.key)
    stage = np.where(decided, np.where(negotiations.won[both], 1, 2), 0)
    on = np.where(decided, negotiations.decided[both], negotiations.opened[both])
    marketing = negotiations.source[both] != FIELD_SALES
    return kept(
        span.holds(on),
        {
            "negotiation_id": negotiations.key[both],
            "event_on": day_column(on),
            "stage": named(stage, ("opened", "won", "lost")),
            "generated_by": named(marketing.astype(np.int64), ("sales", "marketing")),
            "source": named(negotiations.source[both], SOURCES),
            "region": named(negotiations.region[both], REGIONS),
            "channel": named(negotiations.channel[both], CHANNELS),
        },
    )


def order_events(orders: Orders, span: Span) -> Table:
    """The orders of the span, and those before it that a customer's state and lifetime value rest on."""
    return kept(
        orders.on <= span.last,
        {
            "order_id": orders.key,
            "ordered_on": day_column(orders.on),
            "customer_id": orders.customer,
            "customer_type": named(orders.first.astype(np.int64), ("repeat", "new")),
            "won_by": named(orders.by_marketing.astype(np.int64), ("sales", "marketing")),
            "region": named(orders.region, REGIONS),
            "channel": named(orders.channel, CHANNELS),
            "list_amount": orders.list_amount,
            "discount": orders.discount,
            "revenue": orders.list_amount - orders.discount,
            "cost": orders.cost,
        },
    )
