"""Pace profiles through HTTP: working days with a country's holidays, and the shape of the year before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node

ROUTE = "/api/v1/kpi_tree/"
NORTH = {"expressionType": "SIMPLE", "subject": "region", "operator": "==", "comparator": "North"}


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


@pytest.fixture
def sales(app: Flask, tmp_path: Path) -> str:
    """The facts, and for October 2025 one row of 1 in North and 2 in South a day, 69 in North on its last."""
    path = tmp_path / "facts.db"
    facts.write(path)
    days = [(f"2025-10-{day:02d} 08:00:00", region, size) for day in range(1, 31) for region, size in SIZES]
    days.append(("2025-10-31 08:00:00", "North", 69.0))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO sales (day, region, amount) VALUES (?, ?, ?)", days)
    with app.app_context():
        return facts.register(path)


SIZES = (("North", 1.0), ("South", 2.0))


def measured(key: str, dataset: str, profile: str | None, **fields: Any) -> Any:
    metric = {"dataset_uuid": dataset, "metric_name": "amount", "filters": fields.pop("filters", [])}
    return node(key, source="metric", metric=metric, pace_profile=profile, targets=TARGET, **fields)


TARGET = [month("2026-10-01", "2026-11-01", value=990)]


def paced(client: Client, *nodes: Any, **body: Any) -> Any:
    links = [link("root", one["key"]) for one in nodes if one["key"] != "root"]
    document = {"name": "Pace", "slug": "pace", "nodes": list(nodes), "links": links, "holidays": "JP"}
    made = client.post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    answer = client.post(f"{ROUTE}pace/evaluate", json={"as_of": "2026-10-20", **body})
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def test_working_days_leave_out_weekends_and_the_tree_s_holidays(admin: Client, sales: str) -> None:
    result = paced(admin, node("root"), measured("days", sales, "business_days"))
    # October 2026 has 22 weekdays, 14 of them up to the 20th; the 12th is Sports Day in Japan.
    assert result["nodes"]["days"]["expected"] == pytest.approx(990 * 13 / 21)
    assert result["nodes"]["days"]["pace"] == pytest.approx(630 / (990 * 13 / 21))
    assert result["nodes"]["days"]["forecast"] == pytest.approx(630 * 21 / 13)


def test_the_year_before_shapes_the_pace(admin: Client, sales: str) -> None:
    result = paced(
        admin,
        node("root"),
        measured("all", sales, "seasonal"),
        measured("north", sales, "seasonal", filters=[NORTH]),
        measured("plain", sales, None),
    )
    numbers = result["nodes"]
    # 20 days brought 60 of the 159 of October 2025; in North 20 of 99.
    assert numbers["all"]["expected"] == pytest.approx(990 * 60 / 159)
    assert numbers["north"]["expected"] == pytest.approx(990 * 20 / 99)
    assert numbers["plain"]["expected"] == pytest.approx(990 * 20 / 31)
    shapes = [query for query in result["queries"] if query["since"] == "2025-10-01"]
    assert {(query["until"], tuple(query["metrics"])) for query in shapes} == {("2025-11-01", ("amount",))}


def test_a_formula_is_shaped_by_its_children_day_by_day(admin: Client, sales: str) -> None:
    root = formula_node("root", "all - north", pace_profile="seasonal", targets=TARGET)
    result = paced(admin, root, measured("all", sales, None), measured("north", sales, None, filters=[NORTH]))
    # What is left is South: 2 a day on 30 days.
    assert result["nodes"]["root"]["expected"] == pytest.approx(990 * 40 / 60)


def test_a_closed_window_needs_no_shape(admin: Client, sales: str) -> None:
    result = paced(admin, node("root"), measured("all", sales, "seasonal"), as_of="2026-10-31")
    assert result["nodes"]["all"]["expected"] == 990
    assert all(query["since"] != "2025-10-01" for query in result["queries"])
