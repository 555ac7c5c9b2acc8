from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from superset_kpi_plugin.demo.rhythm import WHOLE_MONTHS, add_months, first_day
from superset_kpi_plugin.demo.rows import TABLE_PREFIX, TIME_COLUMNS, generate
from tests.demo.conftest import UNTIL

FIRST = date(2024, 10, 1)
DAILY = set(TIME_COLUMNS) - {"campaigns", "market"}


def digests(path: Path, since: date, last: date) -> dict[str, tuple[int, int]]:
    """How many rows each table has in the days, and a digest that any other row would change."""
    with duckdb.connect(str(path), read_only=True) as connection:
        found = {}
        for name, day in TIME_COLUMNS.items():
            table = TABLE_PREFIX + name
            sql = f"SELECT count(*), bit_xor(hash(t)) FROM {table} t WHERE {day} BETWEEN ? AND ?"
            row = connection.execute(sql, [since, last]).fetchone()
            assert row is not None
            found[name] = row
        return found


def one(rows: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = rows.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_same_seed_and_day_give_the_same_rows(demo_file: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again.duckdb", UNTIL)
    assert digests(tmp_path / "again.duckdb", date.min, date.max) == digests(demo_file, date.min, date.max)


def test_another_seed_gives_other_rows(demo_file: Path, tmp_path: Path) -> None:
    generate(tmp_path / "other.duckdb", UNTIL, seed=7)
    other = digests(tmp_path / "other.duckdb", date.min, date.max)
    own = digests(demo_file, date.min, date.max)
    assert [name for name in own if own[name] == other[name]] == ["campaigns"]


def test_earlier_days_stay_when_the_last_day_moves_on(demo_file: Path, tmp_path: Path) -> None:
    later = date(2026, 12, 3)
    generate(tmp_path / "later.duckdb", later)
    both = first_day(later), UNTIL
    assert digests(tmp_path / "later.duckdb", *both) == digests(demo_file, *both)


def test_a_failed_generation_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("superset_kpi_plugin.demo.rows.CUSTOMER_SPANS", "SELECT nothing")
    path = tmp_path / "kpi_demo.duckdb"
    with pytest.raises(duckdb.Error):
        generate(path, date(2026, 1, 1))
    assert not path.exists()


def test_first_day_is_24_whole_months_before_the_month() -> None:
    assert first_day(UNTIL) == FIRST
    assert first_day(date(2026, 10, 1)) == FIRST
    assert first_day(date(2026, 1, 31)) == date(2024, 1, 1)


@pytest.mark.parametrize("table", sorted(TIME_COLUMNS))
def test_every_table_has_rows_in_24_whole_months(rows: duckdb.DuckDBPyConnection, table: str) -> None:
    day = TIME_COLUMNS[table]
    sql = f"SELECT DISTINCT date_trunc('month', {day})::DATE FROM {TABLE_PREFIX}{table} ORDER BY 1"
    months = [month for (month,) in rows.execute(sql).fetchall()]
    assert months[:WHOLE_MONTHS] == [add_months(FIRST, step) for step in range(WHOLE_MONTHS)]
    assert months[WHOLE_MONTHS:] == ([] if table == "market" else [date(2026, 10, 1)])


@pytest.mark.parametrize("table", sorted(DAILY))
def test_daily_tables_begin_and_end_on_the_outer_days(rows: duckdb.DuckDBPyConnection, table: str) -> None:
    day = TIME_COLUMNS[table]
    found = rows.execute(f"SELECT min({day}), max({day}) FROM {TABLE_PREFIX}{table}").fetchone()
    assert found == (FIRST, UNTIL)


def test_levels_have_every_day(rows: duckdb.DuckDBPyConnection) -> None:
    days = (UNTIL - FIRST).days + 1
    for table in ("lead_levels", "customer_levels"):
        assert one(rows, f"SELECT count(DISTINCT day) FROM demo_{table}") == days


def test_leads_held_move_by_those_who_come_and_those_who_go(rows: duckdb.DuckDBPyConnection) -> None:
    """On every day, in every region: held the day before, and new ones, less customers and archived ones."""
    broken = one(
        rows,
        """
        WITH held AS (
            SELECT day, region, sum(leads) AS leads FROM demo_lead_levels GROUP BY ALL
        ), moves AS (
            SELECT event_on AS day, region,
                sum(CASE WHEN to_status = 'new' THEN 1
                         WHEN to_status IN ('customer', 'archived') THEN -1 ELSE 0 END) AS change
            FROM demo_lead_events GROUP BY ALL
        )
        SELECT count(*) FROM (
            SELECT leads - lag(leads) OVER (PARTITION BY region ORDER BY day) AS moved,
                coalesce(change, 0) AS change
            FROM held LEFT JOIN moves USING (day, region)
        ) WHERE moved <> change
        """,
    )
    assert broken == 0


def test_active_customers_are_those_who_ordered_in_90_days(rows: duckdb.DuckDBPyConnection) -> None:
    ordered = f"ordered_on > DATE '{UNTIL - timedelta(90)}'"
    customers = one(rows, f"SELECT count(DISTINCT customer_id) FROM demo_orders WHERE {ordered}")
    active = (
        f"SELECT sum(customers) FROM demo_customer_levels WHERE day = DATE '{UNTIL}' AND state = 'active'"
    )
    assert one(rows, active) == customers


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("web_sessions WHERE lead", "lead_events WHERE to_status = 'new' AND origin <> 'event'"),
        ("applications WHERE new_lead", "lead_events WHERE to_status = 'new' AND origin = 'event'"),
        (
            "calls WHERE negotiation",
            "negotiation_events WHERE stage = 'opened' AND source = 'inside sales'",
        ),
        (
            "negotiation_events WHERE stage = 'won' AND generated_by = 'marketing'",
            "orders WHERE customer_type = 'new' AND won_by = 'marketing'",
        ),
        ("emails WHERE converted", "orders WHERE customer_type = 'repeat' AND channel = 'email'"),
    ],
    ids=["visits-leads", "applications-leads", "calls-negotiations", "won-orders", "emails-orders"],
)
def test_tables_tell_the_same_story_by_region_and_channel(
    rows: duckdb.DuckDBPyConnection, left: str, right: str
) -> None:
    counts = "SELECT region, channel, count(*) FROM demo_{} GROUP BY ALL ORDER BY ALL"
    found = [rows.execute(counts.format(side)).fetchall() for side in (left, right)]
    assert found[0] == found[1]
    assert found[0]


def test_orders_add_up(rows: duckdb.DuckDBPyConnection) -> None:
    assert one(rows, "SELECT count(*) FROM demo_orders WHERE revenue <> list_amount - discount") == 0
    assert one(rows, "SELECT count(*) FROM demo_orders WHERE discount < 0 OR revenue <= 0 OR cost <= 0") == 0
    # Whole dollars: their sums are exact in whatever order a database adds them.
    assert one(rows, "SELECT count(*) FROM demo_orders WHERE revenue <> floor(revenue)") == 0


def test_ids_are_unique(rows: duckdb.DuckDBPyConnection) -> None:
    for table, id in {
        "web_sessions": "session_id",
        "applications": "application_id",
        "emails": "email_id",
        "calls": "call_id",
        "orders": "order_id",
    }.items():
        assert one(rows, f"SELECT count(*) - count(DISTINCT {id}) FROM demo_{table}") == 0, table


def test_some_datasets_do_not_know_the_region(rows: duckdb.DuckDBPyConnection) -> None:
    sql = """SELECT table_name FROM duckdb_columns() GROUP BY 1
        HAVING count(*) FILTER (column_name = 'region') = 0"""
    without = {name for (name,) in rows.execute(sql).fetchall() if name.startswith(TABLE_PREFIX)}
    assert without == {"demo_ad_costs", "demo_campaigns", "demo_surveys"}


def test_the_file_is_of_a_modest_size(demo_file: Path, rows: duckdb.DuckDBPyConnection) -> None:
    count = sum(int(str(one(rows, f"SELECT count(*) FROM {TABLE_PREFIX}{name}"))) for name in TIME_COLUMNS)
    assert 300_000 < count < 1_500_000
    assert demo_file.stat().st_size < 50_000_000
