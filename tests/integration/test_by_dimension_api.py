"""A tree for every member of a dimension: one call, one more grouped statement, numbers by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.demo import oracle
from tests.support import facts
from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, month, node
from tests.support.homes import DEMO_UNTIL

ROUTE = "/api/v1/kpi_tree/"
OCTOBER = ("2026-10-01", "2026-11-01")
NORTH = {"expressionType": "SIMPLE", "subject": "region", "operator": "==", "comparator": "North"}


def insert(path: Path, *rows: tuple[str, str | None, str, float]) -> None:
    """More rows of (day, region, customer, amount)."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO sales VALUES (?, ?, ?, ?, NULL)", rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The facts, with last October (North 100, South 300, West 100) and a row of no region this October."""
    path = tmp_path / "facts.db"
    facts.write(path)
    insert(
        path,
        ("2025-10-05 12:00:00", "North", "n1", 100.0),
        ("2025-10-25 12:00:00", "South", "s1", 300.0),
        ("2025-10-31 23:59:59", "West", "w1", 100.0),
        ("2026-10-03 12:00:00", None, "x1", 5.0),
    )
    return path


@pytest.fixture
def sales(app: Flask, path: Path) -> str:
    with app.app_context():
        return facts.register(path)


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def measured(sales: str, key: str, metric: str, **fields: Any) -> Document:
    reading = {"dataset_uuid": sales, "metric_name": metric, **fields.pop("reading", {})}
    return node(key, source="metric", metric=reading, **fields)


def regions(sales: str, *targets: Document) -> Document:
    """double = amount × 2, whose target follows; `targets` are more rows of amount."""
    return {
        "name": "Regions",
        "slug": "regions",
        "published": True,
        "nodes": [
            formula_node("double", "amount * 2"),
            measured(sales, "amount", "amount", targets=[month(*OCTOBER, value=1000), *targets]),
            measured(sales, "average", "average", accumulation="rate", targets=[month(*OCTOBER, value=10)]),
            measured(
                sales,
                "customers",
                "customers",
                accumulation="stock",
                stock_reading="to_date",
                direction="maintain",
                targets=[month(*OCTOBER, lower=3, upper=6)],
            ),
            measured(sales, "north", "amount", reading={"filters": [NORTH]}),
            node("costs", targets=[month(*OCTOBER, value=50)], manual_values=[month(*OCTOBER, value=40)]),
        ],
        "links": [
            link("double", key, order=place, expected_sign="positive" if key == "customers" else None)
            for place, key in enumerate(("amount", "average", "customers", "north", "costs"))
        ],
    }


def evaluated(client: Client, document: Document, **body: Any) -> Any:
    assert client.post(ROUTE, json=document).status_code == 201
    return asked(client, document["slug"], **body)


def asked(client: Client, slug: str, **body: Any) -> Any:
    answer = client.post(f"{ROUTE}{slug}/evaluate", json={"as_of": "2026-10-31", **body})
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def refused(client: Client, slug: str, **body: Any) -> Any:
    answer = client.post(f"{ROUTE}{slug}/evaluate", json={"as_of": "2026-10-31", **body})
    assert answer.status_code == 422, answer.json
    return answer.json["message"]


def codes(series: Any) -> list[str | None]:
    return [reason and reason["code"] for reason in series["reason"]]


def test_a_matrix_of_nodes_and_members(admin: Client, sales: str) -> None:
    result = evaluated(admin, regions(sales), by="region")
    by = result["by"]
    assert by["column"] == "region"
    assert by["members"] == ["North", "South", "West", None]
    assert by["without_column"] == []
    amount = by["nodes"]["amount"]
    assert amount["actual"] == [210, 420, None, 5]
    assert sum(value or 0 for value in amount["actual"]) == result["nodes"]["amount"]["actual"] == 635
    # Last October's 500 were 100, 300 and 100; nobody had no region.
    assert amount["target"] == [200, 600, 200, None]
    assert amount["target_source"] == ["share", "share", "share", None]
    assert amount["attainment"] == [1.05, 0.7, None, None]
    assert amount["status"] == ["achieved", "off_track", "no_data", "no_target"]
    assert codes(amount) == [None, None, "no_data", "no_target"]
    assert amount["reason"][3]["message"] == (
        "Amount has no value for this member in the same period last year to take its share from; "
        "enter a target for the member."
    )
    double = by["nodes"]["double"]
    assert double["actual"] == [420, 840, None, 10]
    assert double["target"] == [400, 1200, 400, None]
    assert double["target_source"] == ["share", "share", "share", None]
    average = by["nodes"]["average"]
    assert average["actual"] == [10.5, 21, None, 5]
    assert average["target"] == [10] * 4
    assert average["target_source"] == ["whole"] * 4
    customers = by["nodes"]["customers"]
    assert customers["actual"] == [4, 6, 1, 1]  # with the customer named old, n1, s1 and w1 were there before
    assert (customers["lower"], customers["upper"]) == ([3] * 4, [6] * 4)
    assert customers["target_source"] == ["whole"] * 4
    assert customers["status"] == ["achieved", "achieved", "off_track", "off_track"]
    assert by["nodes"]["north"]["actual"] == [210, None, None, None]
    costs = by["nodes"]["costs"]
    assert costs["actual"] == costs["target"] == [None] * 4
    assert "typed in for the whole only" in costs["reason"][0]["message"]
    assert codes(costs) == ["no_data"] * 4


def test_a_members_own_row_comes_first_and_counts_upwards(admin: Client, sales: str) -> None:
    own = [
        month(*OCTOBER, value=700, dimension="region", member="South"),
        month(*OCTOBER, value=30, dimension="region", member="Moon"),
        month("2026-09-01", "2026-10-01", value=1, dimension="region", member="Last month's"),
        month(*OCTOBER, value=5, dimension="channel", member="Web"),
    ]
    by = evaluated(admin, regions(sales, *own), by="region")["by"]
    assert by["members"] == ["Moon", "North", "South", "West", None]
    amount = by["nodes"]["amount"]
    assert amount["actual"] == [None, 210, 420, None, 5]
    assert amount["target"] == [30, 200, 700, 200, None]
    assert amount["target_source"] == ["own", "share", "own", "share", None]
    assert amount["status"][0] == "no_data"
    double = by["nodes"]["double"]
    assert double["target"] == [60, 400, 1400, 400, None]
    assert double["target_source"] == ["formula", "share", "formula", "share", None]


def test_it_costs_one_more_grouped_statement(admin: Client, sales: str) -> None:
    document = regions(sales)
    # A level is read on days of its own, and a filter makes a group of its own: both are other statements.
    document["nodes"] = [row for row in document["nodes"] if row["key"] not in ("customers", "north")]
    document["links"] = [row for row in document["links"] if row["child"] in ("amount", "average", "costs")]
    plain = evaluated(admin, document, compare=["previous_year"])["queries"]
    told = asked(admin, "regions", by="region", force=True)["queries"]
    assert len(told) == len(plain) + 1
    assert [query["columns"] for query in told] == [[], ["region"]]
    years = [["2025-10-01", "2025-11-01"], ["2026-10-01", "2026-11-01"]]
    assert [query["windows"] for query in told] == [years, years]
    assert [query["metrics"] for query in told] == [["amount", "average"]] * 2


def test_the_viewers_filters_hold_for_members_too(admin: Client, sales: str) -> None:
    only = {"col": "region", "op": "IN", "val": ["North", "West"]}
    result = evaluated(admin, regions(sales), by="region", filters=[only])
    by = result["by"]
    assert by["members"] == ["North", "West"]
    assert by["nodes"]["amount"]["actual"] == [210, None]
    # Of the 200 that the filter leaves of last October.
    assert by["nodes"]["amount"]["target"] == [500, 500]
    assert sum(by["nodes"]["amount"]["target"]) == result["nodes"]["amount"]["target"]


def test_an_open_month_is_paced_by_member_and_shared_by_the_whole_of_last_years(
    admin: Client, sales: str
) -> None:
    document = regions(sales)
    result = evaluated(admin, document, by="region", as_of="2026-10-10", compare=["previous_year"])
    amount = result["by"]["nodes"]["amount"]
    assert amount["actual"] == [55, 110, None, 5]
    # The 25th and the 31st of last October count, though the comparison ends on its 10th.
    assert amount["target"] == [200, 600, 200, None]
    assert result["compare"]["previous_year"]["nodes"]["amount"]["before"] == 100
    # 10 of 31 days: 64.5 and 193.5 were expected.
    assert amount["status"] == ["at_risk", "off_track", "no_data", "no_target"]


def test_members_are_paced_as_the_whole_was_a_year_before(admin: Client, sales: str) -> None:
    document = regions(sales)
    document["nodes"][1]["pace_profile"] = "seasonal"
    amount = evaluated(admin, document, by="region", as_of="2026-10-10")["by"]["nodes"]["amount"]
    # A fifth of last October's 500 had come by its 10th: 40 of North's 200 were expected, 120 of South's 600.
    assert (amount["actual"], amount["target"]) == ([55, 110, None, 5], [200, 600, 200, None])
    assert amount["status"] == ["on_track", "at_risk", "no_data", "no_target"]


def test_a_target_read_from_a_metric_is_shared(admin: Client, sales: str) -> None:
    document = regions(sales, month(*OCTOBER, value=7, dimension="region", member="South"))
    del document["nodes"][1]["targets"][0]
    document["nodes"][1]["target_metric"] = {"dataset_uuid": sales, "metric_name": "rows"}
    result = evaluated(admin, document, by="region")
    assert result["nodes"]["amount"]["target"] == 41
    amount = result["by"]["nodes"]["amount"]
    assert amount["target"] == [pytest.approx(8.2), 7, pytest.approx(8.2), None]
    assert amount["target_source"] == ["share", "own", "share", None]


def test_not_asked_it_is_null(admin: Client, sales: str) -> None:
    assert evaluated(admin, regions(sales))["by"] is None
    assert asked(admin, "regions", by=None)["by"] is None


def test_what_cannot_be_asked_is_refused(admin: Client, sales: str) -> None:
    assert admin.post(ROUTE, json=regions(sales)).status_code == 201
    assert list(refused(admin, "regions", by="")) == ["by"]
    assert list(refused(admin, "regions", by="x" * 251)) == ["by"]
    assert list(refused(admin, "regions", by=7)) == ["by"]
    supposed = {"amount": {"actual": {"value": 1}}}
    assert list(refused(admin, "regions", by="region", overrides=supposed)) == ["by"]
    assert refused(admin, "regions", by="colour") == {
        "by": ["No dataset of this tree that you may read has this column: choose another."]
    }


@pytest.mark.parametrize("row_limit", [None, 100])
def test_members_are_all_there_or_it_is_refused(
    app: Flask,
    admin: Client,
    sales: str,
    path: Path,
    row_limit: int | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if row_limit is not None:
        monkeypatch.setitem(app.config, "SQL_MAX_ROW", row_limit)
    insert(path, *(("2026-10-15 12:00:00", "North", f"c{index:03d}", 1.0) for index in range(150)))
    result = evaluated(admin, regions(sales), by="customer")
    amount = result["by"]["nodes"]["amount"]
    assert len(result["by"]["members"]) == 161
    assert sum(filter(None, amount["actual"])) == result["nodes"]["amount"]["actual"] == 785


@pytest.mark.parametrize("count", [500, 40_001])
def test_a_column_with_far_too_many_members_is_refused_early(
    admin: Client, sales: str, path: Path, count: int
) -> None:
    insert(path, *(("2026-10-15 12:00:00", "North", f"c{index:05d}", 1.0) for index in range(count)))
    assert admin.post(ROUTE, json=regions(sales)).status_code == 201
    message = refused(admin, "regions", by="customer")
    assert message == {"by": ["This column has more than 200 members: choose one with fewer, or filter."]}


def test_a_column_with_too_many_members_is_refused(admin: Client, sales: str, path: Path) -> None:
    insert(path, *(("2026-10-15 12:00:00", "North", f"c{index:03d}", 1.0) for index in range(190)))
    # With n0 to n2, s0 to s4, x1, and w1 and old of earlier months: 201.
    assert admin.post(ROUTE, json=regions(sales)).status_code == 201
    message = refused(admin, "regions", by="customer")
    assert message == {"by": ["This column has more than 200 members: choose one with fewer, or filter."]}
    few = {"col": "customer", "op": "NOT IN", "val": ["w1"]}
    members = asked(admin, "regions", by="customer", filters=[few])["by"]["members"]
    assert len(members) == 200


def test_datasets_without_the_column_are_named(app: Flask, admin: Client, sales: str, tmp_path: Path) -> None:
    facts.write(tmp_path / "plain.db", "plain")
    with app.app_context():
        from superset.connectors.sqla.models import SqlaTable
        from superset.extensions import db

        other = facts.register(tmp_path / "plain.db", "plain")
        dataset = db.session.query(SqlaTable).filter_by(table_name="plain").one()
        dataset.columns = [column for column in dataset.columns if column.column_name != "region"]
        db.session.commit()
    document = regions(sales)
    document["nodes"].append(measured(other, "elsewhere", "amount", targets=[month(*OCTOBER, value=9)]))
    document["links"].append(link("double", "elsewhere", order=9))
    result = evaluated(admin, document, by="region")
    assert result["nodes"]["elsewhere"]["actual"] == 630
    by = result["by"]
    assert by["without_column"] == [{"dataset": "plain", "nodes": ["elsewhere"]}]
    elsewhere = by["nodes"]["elsewhere"]
    assert elsewhere["actual"] == elsewhere["target"] == [None] * 4
    assert {reason["message"] for reason in elsewhere["reason"]} == {
        "The dataset plain has no column region to tell its members apart."
    }


def test_a_metric_that_fails_fails_for_every_member_and_takes_none_with_it(admin: Client, sales: str) -> None:
    document = regions(sales)
    document["nodes"].append(measured(sales, "broken", "broken"))
    document["links"].append(link("double", "broken", order=9))
    by = evaluated(admin, document, by="region")["by"]
    assert by["nodes"]["broken"]["status"] == ["error"] * 4
    assert by["nodes"]["amount"]["actual"] == [210, 420, None, 5]


def test_a_tree_without_an_earlier_year_says_so(admin: Client, sales: str) -> None:
    document = regions(sales)
    document |= {"grain": "custom", "periods": [{**month(*OCTOBER), "name": "Launch"}]}
    amount = evaluated(admin, document, by="region")["by"]["nodes"]["amount"]
    assert amount["actual"] == [210, 420, None, 5]
    assert codes(amount) == ["no_target", "no_target", "no_data", "no_target"]
    assert "no earlier period named Launch" in amount["reason"][0]["message"]


# --- the demo -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def duckdb(demo_home: Path) -> Iterator[Any]:
    with oracle.opened(next((demo_home / "demo-data").glob("*.duckdb"))) as connection:
        yield connection


def by_sql(duckdb: Any, sql: str, year: int) -> dict[str, float]:
    spans = {"since": f"DATE '{year}-09-01'", "until": f"DATE '{year}-10-01'"}
    return dict(duckdb.execute(sql.format(**spans)).fetchall())


REVENUE = """SELECT region, sum(revenue) FROM demo_orders WHERE won_by = 'marketing'
    AND ordered_on >= {since} AND ordered_on < {until} GROUP BY 1"""
FIRST_ORDERS = """SELECT region, count(*) FROM demo_orders WHERE won_by = 'marketing'
    AND customer_type = 'new' AND ordered_on >= {since} AND ordered_on < {until} GROUP BY 1"""


def test_the_demo_by_region_is_what_sql_gives(duckdb: Any, admin: Client) -> None:
    body = {"as_of": DEMO_UNTIL.isoformat(), "period": "2026-09", "by": "region"}
    result = asked(admin, "marketing-automation", **body)
    by = result["by"]
    assert len(by["members"]) >= 3
    for key, sql in (("revenue", REVENUE), ("new_orders", FIRST_ORDERS)):
        now, then = by_sql(duckdb, sql, 2026), by_sql(duckdb, sql, 2025)
        series, whole = by["nodes"][key], result["nodes"][key]
        assert series["actual"] == [pytest.approx(now.get(name), rel=1e-9) for name in by["members"]]
        assert sum(series["actual"]) == pytest.approx(whole["actual"], rel=1e-9)
        wanted = [whole["target"] * then[name] / sum(then.values()) for name in by["members"]]
        assert series["target"] == pytest.approx(wanted, rel=1e-9)
        assert sum(series["target"]) == pytest.approx(whole["target"], rel=1e-9)
        assert set(series["target_source"]) == {"share"}
    without = {row["dataset"] for row in by["without_column"]}
    plain, told = [], []
    for query in result["queries"]:
        if query["metrics"] and query["dataset"] not in without:
            columns = [column for column in query["columns"] if column != "region"]
            found = plain if columns == query["columns"] else told
            found.append((query["dataset"], query["metrics"], columns, query["windows"]))
    assert sorted(told, key=str) == sorted(plain, key=str)
