"""From lead to order: each lead's whole story is drawn on the day the lead comes in.

Every story ends within `LONGEST_STORY` days. Starting that long before the first day makes the rows of
every later day complete, and the same whatever the first and the last day are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from superset_kpi_plugin.demo.noise import Flags, Floats, Integers, Noise
from superset_kpi_plugin.demo.rhythm import demand, prices, swing

REGIONS = ("North", "South", "East", "West")
CHANNELS = ("search", "ads", "social", "referral", "email", "direct")
ORIGINS = ("web form", "white paper", "event")
STATUSES = ("new", "engaged", "mql", "negotiation", "customer", "archived")
SOURCES = ("inside sales", "nurturing", "field sales")

REGION_ODDS = (0.30, 0.24, 0.26, 0.20)
CHANNEL_ODDS = (0.38, 0.26, 0.18, 0.11, 0.07)
ORIGIN_ODDS = (0.46, 0.39, 0.15)
EMAIL, DIRECT = CHANNELS.index("email"), CHANNELS.index("direct")
EVENT = ORIGINS.index("event")
FIELD_SALES = SOURCES.index("field sales")

LONGEST_STORY = 950
NEVER = 10**7
_ATTEMPTS = 4
_REPEATS = 8
_BUYING_DAYS = 400


@dataclass(frozen=True)
class Leads:
    """One row per lead; a day is `NEVER` where the step was not reached."""

    key: Integers
    created: Integers
    region: Integers
    channel: Integers
    origin: Integers
    engaged: Integers
    mql: Integers


@dataclass(frozen=True)
class Calls:
    """One row per inside-sales call to a lead."""

    lead: Integers  # position in the leads
    on: Integers
    attempt: Integers
    appointment: Flags
    negotiation: Flags


@dataclass(frozen=True)
class Negotiations:
    """One row per negotiation; those of field sales come from no lead."""

    key: Integers
    lead: Integers  # position in the leads, -1 for none
    opened: Integers
    decided: Integers
    won: Flags
    source: Integers
    region: Integers
    channel: Integers


@dataclass(frozen=True)
class Orders:
    """One row per order; the first order of a customer closes a won negotiation."""

    key: Integers
    customer: Integers
    on: Integers
    first: Flags
    region: Integers
    channel: Integers
    by_marketing: Flags
    list_amount: Floats
    discount: Floats
    cost: Floats


def rows_per_day(noise: Noise, name: str, days: Integers, means: Floats) -> tuple[Integers, Integers]:
    """The day and the place within the day of each row."""
    counts = noise.counts(name, means, days)
    ends = np.cumsum(counts)
    place = np.arange(ends[-1]) - np.repeat(ends - counts, counts)
    return np.repeat(days, counts), place


def draw_leads(noise: Noise, days: Integers) -> Leads:
    means = 54.0 * demand(days) * swing(noise, "visits", days, 0.06) * swing(noise, "landing", days, 0.05)
    created, place = rows_per_day(noise, "leads", days, means)
    key = created * 10_000 + place
    origin = noise.pick("origin", ORIGIN_ODDS, key)
    engages = noise.happens("engages", 0.62, key)
    engaged = np.where(engages, created + 1 + noise.days("engaging", 8.0, 44, key), NEVER)
    chance = 0.52 * np.where(origin == ORIGINS.index("white paper"), 1.2, 1.0)
    chance = chance * swing(noise, "qualifying", np.where(engages, engaged, created), 0.06)
    qualifies = engages & noise.happens("qualifies", chance, key)
    mql = np.where(qualifies, engaged + 1 + noise.days("qualified", 9.0, 44, key), NEVER)
    return Leads(
        key=key,
        created=created,
        region=noise.pick("region", REGION_ODDS, key),
        channel=noise.pick("channel", CHANNEL_ODDS, key),
        origin=origin,
        engaged=engaged,
        mql=mql,
    )


def draw_calls(noise: Noise, leads: Leads) -> Calls:
    """Up to four calls to each MQL, until an appointment is made or the caller gives up."""
    lead = np.flatnonzero(leads.mql < NEVER)
    on = leads.mql[lead]
    parts: list[tuple[Integers, Integers, Integers, Flags, Flags]] = []
    for attempt in range(1, _ATTEMPTS + 1):
        key, number = leads.key[lead], np.full(len(lead), attempt)
        on = on + noise.days("call", 3.0, 6, key, number)
        chance = 0.21 * swing(noise, "calling", on, 0.07)
        appointment = noise.happens("appointment", chance, key, number)
        negotiation = appointment & noise.happens("need", 0.6, key, number)
        parts.append((lead, on, number, appointment, negotiation))
        goes_on = ~appointment & noise.happens("again", 0.86, key, number)
        lead, on = lead[goes_on], on[goes_on]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Calls(columns[0], columns[1], columns[2], columns[3].astype(bool), columns[4].astype(bool))


def draw_negotiations(noise: Noise, days: Integers, leads: Leads, calls: Calls) -> Negotiations:
    called = calls.lead[calls.negotiation]
    waiting = (leads.engaged < NEVER) & (leads.mql == NEVER)
    nurtured = np.flatnonzero(waiting & noise.happens("nurtured", 0.075, leads.key))
    nurtured_on = leads.engaged[nurtured] + 15 + noise.days("nurturing", 20.0, 60, leads.key[nurtured])
    field_on, place = rows_per_day(noise, "field sales", days, 1.9 * demand(days))
    field_key = field_on * 10_000 + 8_000 + place

    lead = np.concatenate([called, nurtured, np.full(len(field_on), -1)])
    key = np.concatenate([leads.key[called], leads.key[nurtured], field_key])
    opened = np.concatenate([calls.on[calls.negotiation], nurtured_on, field_on])
    source = np.repeat(np.arange(3), [len(called), len(nurtured), len(field_on)])
    from_lead = lead >= 0
    chance = 0.37 * swing(noise, "discount", opened, 0.10) ** 0.6 * swing(noise, "closing", opened, 0.05)
    return Negotiations(
        key=key,
        lead=lead,
        opened=opened,
        decided=opened + 7 + noise.days("deciding", 14.0, 53, key),
        won=noise.happens("won", chance, key),
        source=source,
        region=np.where(from_lead, leads.region[lead], noise.pick("field region", REGION_ODDS, key)),
        channel=np.where(from_lead, leads.channel[lead], DIRECT),
    )


def draw_orders(noise: Noise, negotiations: Negotiations) -> Orders:
    """The first order of every won negotiation, and what its customer buys in the 400 days after it."""
    won = negotiations.won
    customer, region = negotiations.key[won], negotiations.region[won]
    channel, marketing = negotiations.channel[won], negotiations.source[won] != FIELD_SALES
    on = negotiations.decided[won]
    first_on = on
    parts = [(customer, on, np.zeros(len(on), dtype=np.int64), region, channel, marketing)]
    for repeat in range(1, _REPEATS + 1):
        number = np.full(len(customer), repeat)
        chance = 0.80 * swing(noise, "satisfaction", on, 0.05)
        on = on + 12 + noise.days("next order", 52.0, 300, customer, number)
        buys = noise.happens("buys again", chance, customer, number) & (on <= first_on + _BUYING_DAYS)
        customer, region, marketing = customer[buys], region[buys], marketing[buys]
        on, first_on, number = on[buys], first_on[buys], number[buys]
        by_email = noise.happens("by email", 0.42 * swing(noise, "offer", on, 0.08), customer, number)
        repeat_channel = np.where(by_email, EMAIL, DIRECT)
        parts.append((customer, on, number, region, repeat_channel, marketing | by_email))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    customer, on, number, region, channel = columns[:5]
    return _priced(noise, customer, on, number, region, channel, columns[5].astype(bool))


def _priced(
    noise: Noise,
    customer: Integers,
    on: Integers,
    number: Integers,
    region: Integers,
    channel: Integers,
    by_marketing: Flags,
) -> Orders:
    """Amounts are whole dollars, so that their sums are exact in any order of adding."""
    key, first = customer * 10 + number, number == 0
    size = np.where(
        first, 8.30 + 0.42 * noise.normal("first size", key), 7.45 + 0.40 * noise.normal("size", key)
    )
    list_amount = np.rint(np.exp(np.clip(size, 5.5, 10.5)) * prices(on))
    share = 0.08 * swing(noise, "discount", on, 0.10) * (0.4 + 1.2 * noise.uniform("discount", key))
    return Orders(
        key=key,
        customer=customer,
        on=on,
        first=first,
        region=region,
        channel=channel,
        by_marketing=by_marketing,
        list_amount=list_amount,
        discount=np.rint(list_amount * share),
        cost=np.rint(list_amount * (0.54 + 0.12 * noise.uniform("cost", key))),
    )
