"""Every node of the demo's tree, evaluated through HTTP, against SQL written by hand straight on DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.demo import oracle
from tests.support.client import Client
from tests.support.homes import DEMO_UNTIL

TREE = "/api/v1/kpi_tree/marketing-automation"
MONTHS = {
    "last December": (date(2025, 12, 1), date(2026, 1, 1)),
    "the last closed month": (date(2026, 9, 1), date(2026, 10, 1)),
    "the open month": (date(2026, 10, 1), DEMO_UNTIL + timedelta(days=1)),
}


@pytest.fixture(scope="module")
def duckdb(demo_home: Path) -> Iterator[Any]:
    with oracle.opened(next((demo_home / "demo-data").glob("*.duckdb"))) as connection:
        yield connection


@pytest.mark.parametrize("month", MONTHS)
def test_every_actual_is_what_sql_gives(month: str, duckdb: Any, client_as: Callable[[str], Client]) -> None:
    since, until = MONTHS[month]
    client = client_as("admin")
    body = {"as_of": DEMO_UNTIL.isoformat(), "period": since.isoformat()[:7]}
    result = client.post(f"{TREE}/evaluate", json=body).json["result"]
    typed_in = {
        row["key"]: [value["value"] for value in row["manual_values"] if value["start"] == since.isoformat()]
        for row in client.get(TREE).json["result"]["nodes"]
    }
    told, expected = {}, {}
    for key, numbers in result["nodes"].items():
        told[key] = numbers["actual"]
        if oracle.actual_sql(key, since, until) is None:
            expected[key] = next(iter(typed_in[key]), None)
        else:
            expected[key] = oracle.ask(duckdb, key, since, until)
    assert len(told) >= 30
    assert {key for key, value in told.items() if value is None} == {
        key for key, value in expected.items() if value is None
    }
    for key, value in expected.items():
        if value is not None:
            assert told[key] == pytest.approx(float(value), rel=1e-9, abs=1e-9), key


def test_the_demos_formulas_close_on_the_data(client_as: Callable[[str], Client]) -> None:
    body = {"as_of": DEMO_UNTIL.isoformat(), "period": "2026-09"}
    nodes = client_as("admin").post(f"{TREE}/evaluate", json=body).json["result"]["nodes"]
    explained = {key: row for key, row in nodes.items() if row["unexplained"] is not None}
    assert "revenue" in explained
    assert len(explained) >= 5
    for key, row in explained.items():
        assert abs(row["unexplained"]) <= 1e-9 * abs(row["actual"]), key


def test_the_demo_shows_every_kind_of_node_and_status(client_as: Callable[[str], Client]) -> None:
    client = client_as("admin")
    document = client.get(TREE).json["result"]
    nodes = document["nodes"]
    assert {row["direction"] for row in nodes} == {"increase", "decrease", "maintain"}
    assert {row["accumulation"] for row in nodes} == {"flow", "stock", "rate"}
    assert {row["source"] for row in nodes} == {"metric", "formula", "manual"}
    assert {row["rollup_method"] for row in nodes} == {"weighted_mean", "worst", "best", "share_on_track"}
    assert {row["stock_reading"] for row in nodes if row["accumulation"] == "stock"} == {
        "latest_day",
        "to_date",
    }
    assert {row["kind"] for row in document["links"]} == {"component", "influence"}
    assert len({row["metric"]["dataset_uuid"] for row in nodes if row["metric"]}) >= 6
    statuses = set()
    for period in ("2026-10", "2026-09"):
        body = {"as_of": DEMO_UNTIL.isoformat(), "period": period}
        evaluation = client.post(f"{TREE}/evaluate", json=body).json["result"]
        statuses |= {row["status"] for row in evaluation["nodes"].values()}
    assert statuses >= {"achieved", "on_track", "at_risk", "off_track", "no_target", "no_data", "not_started"}
    assert not statuses & {"error", "restricted"}


def test_a_dashboard_filter_reaches_the_datasets_that_have_its_column(
    duckdb: Any, client_as: Callable[[str], Client]
) -> None:
    region = {"col": "region", "op": "IN", "val": ["North"]}
    body = {"as_of": DEMO_UNTIL.isoformat(), "period": "2026-09", "filters": [region]}
    result = client_as("admin").post(f"{TREE}/evaluate", json=body).json["result"]
    sql = (
        "SELECT sum(revenue) FROM demo_orders WHERE won_by = 'marketing' AND region = 'North' "
        "AND ordered_on >= DATE '2026-09-01' AND ordered_on < DATE '2026-10-01'"
    )
    assert result["nodes"]["revenue"]["actual"] == pytest.approx(duckdb.execute(sql).fetchone()[0], rel=1e-9)
    (missed,) = result["filters_not_applied"]
    assert missed["filter"] == region
    assert "brand_awareness" in missed["nodes"]
    assert "revenue" not in missed["nodes"]


def test_many_statements_at_once_on_one_file_all_answer(client_as: Callable[[str], Client]) -> None:
    """A DuckDB file cannot be opened by one thread while another closes it."""
    question = {"period": "2026-09", "as_of": "2026-10-20", "force": True}
    admin = client_as("admin")
    for _round in range(4):
        result = admin.post("/api/v1/kpi_tree/marketing-automation/evaluate", json=question).json["result"]
        assert len(result["queries"]) > 20
        assert [query["error"] for query in result["queries"] if query["error"]] == []
