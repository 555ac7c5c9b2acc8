"""Stocks as daily levels: how many leads were held and how many customers there were on each day."""

from __future__ import annotations

ACTIVE_DAYS = 90
DORMANT_DAYS = 180
KNOWN_DAYS = 365
SCORE_BANDS = ("low", "middle", "high")

_LEVELS = """
CREATE TABLE {table} AS
WITH moves AS (
    SELECT greatest(from_on, {first}) AS day, {groups}, {amounts}
    FROM {spans} WHERE until_on > {first} AND from_on <= {last}
    UNION ALL
    SELECT until_on, {groups}, {negated}
    FROM {spans} WHERE until_on > {first} AND until_on <= {last}
), daily AS (
    SELECT day, {groups}, {sums} FROM moves GROUP BY ALL
), grid AS (
    SELECT CAST(day AS DATE) AS day, groups.*
    FROM range({first}, {last} + INTERVAL 1 DAY, INTERVAL 1 DAY) AS days(day)
    CROSS JOIN (SELECT DISTINCT {groups} FROM daily) AS groups
), levels AS (
    SELECT grid.*, {running}
    FROM grid LEFT JOIN daily USING (day, {groups})
    WINDOW so_far AS (PARTITION BY {groups} ORDER BY day)
)
SELECT * FROM levels WHERE {counted} > 0 ORDER BY day, {groups}
"""


def levels_sql(
    table: str, spans: str, groups: tuple[str, ...], amounts: dict[str, str], first: str, last: str
) -> str:
    """Daily levels out of dated spans: what begins adds to a level, what ends takes from it."""
    return _LEVELS.format(
        table=table,
        spans=spans,
        groups=", ".join(groups),
        amounts=", ".join(f"{value} AS {name}" for name, value in amounts.items()),
        negated=", ".join(f"-({value})" for value in amounts.values()),
        sums=", ".join(f"sum({name}) AS {name}" for name in amounts),
        running=", ".join(
            f"coalesce(sum({name}) OVER so_far, 0)::{'BIGINT' if value == '1' else 'DOUBLE'} AS {name}"
            for name, value in amounts.items()
        ),
        counted=next(iter(amounts)),
        first=first,
        last=last,
    )


CUSTOMER_SPANS = f"""
CREATE TEMP TABLE customer_spans AS
WITH history AS (
    SELECT customer_id, region, ordered_on,
        first_value(won_by) OVER story AS won_by,
        sum(revenue) OVER story AS lifetime_revenue,
        lead(ordered_on, 1, DATE '9999-12-31') OVER story AS next_on
    FROM all_orders
    WINDOW story AS (PARTITION BY customer_id ORDER BY ordered_on, order_id)
), states AS (
    SELECT * FROM (VALUES
        ('active', 0, 0, {ACTIVE_DAYS}),
        ('dormant', 1, {ACTIVE_DAYS}, {DORMANT_DAYS}),
        ('lost', 2, {DORMANT_DAYS}, {KNOWN_DAYS})
    ) AS states(state, step, after, until)
)
SELECT region, won_by, state, lifetime_revenue,
    CASE WHEN customer_id * 7919 % 101 - 25 * step >= 60 THEN 'high'
         WHEN customer_id * 7919 % 101 - 25 * step >= 20 THEN 'middle' ELSE 'low' END AS score_band,
    ordered_on + CAST(after AS INTEGER) AS from_on,
    least(ordered_on + CAST(until AS INTEGER), next_on) AS until_on
FROM history CROSS JOIN states
WHERE ordered_on + CAST(after AS INTEGER) < next_on
"""
