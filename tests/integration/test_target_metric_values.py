"""Targets read from a metric, evaluated: each whole period's value is that period's target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, node

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str | None], Client]
NORTH = {"expressionType": "SIMPLE", "subject": "region", "operator": "==", "comparator": "North"}


@pytest.fixture
def datasets(app: Flask, tmp_path: Path) -> list[str]:
    """`sales`, and `plan`, which half may not read: 100 in North in September, 210 in October."""
    with app.app_context():
        return facts.sales_and_plan(tmp_path)


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as("admin")


def planned(datasets: list[str], metric: str = "amount", **fields: Any) -> Document:
    wanted = {"dataset_uuid": datasets[1], "metric_name": metric, "filters": [NORTH]}
    sold = {"dataset_uuid": datasets[0], "metric_name": "amount"}
    return {
        "name": "Planned",
        "slug": "planned",
        "published": True,
        "nodes": [
            formula_node("goal", "sold * 2"),
            node("sold", source="metric", metric=sold, target_metric=wanted, **fields),
        ],
        "links": [link("goal", "sold")],
    }


def evaluated(client: Client, **body: Any) -> Any:
    answer = client.post(f"{ROUTE}planned/evaluate", json={"as_of": "2026-10-31", **body})
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def test_a_period_s_value_is_its_target(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets)).status_code == 201
    result = evaluated(admin, history=2)
    sold, goal = result["nodes"]["sold"], result["nodes"]["goal"]
    assert (sold["target"], sold["attainment"]) == (210, 3)
    assert (goal["target"], goal["target_derived"]) == (420, True)
    assert result["history"]["nodes"]["sold"]["target"] == [100, 210]


def test_the_whole_period_is_read_while_it_is_open(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets)).status_code == 201
    sold = evaluated(admin, as_of="2026-10-10")["nodes"]["sold"]
    assert (sold["actual"], sold["target"]) == (165, 210)
    assert sold["expected"] == pytest.approx(210 * 10 / 31)


def test_a_window_across_periods_takes_its_share_of_each(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets)).status_code == 201
    sold = evaluated(admin, time_range="2026-09-15 : 2026-10-16")["nodes"]["sold"]
    assert sold["target"] == pytest.approx(100 * 16 / 30 + 210 * 15 / 31)


def test_a_shifted_node_has_the_target_of_the_period_it_reads(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets, shift=1)).status_code == 201
    sold = evaluated(admin)["nodes"]["sold"]
    assert (sold["actual"], sold["target"]) == (200, 100)


def test_contributions_explain_the_variance_against_it(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets)).status_code == 201
    question = {"compare": "target", "as_of": "2026-10-31"}
    result = admin.post(f"{ROUTE}planned/contributions", json=question).json["result"]
    assert result["change"] == 1260 - 420


def test_a_period_without_a_row_has_no_target(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets)).status_code == 201
    sold = evaluated(admin, period="2026-08", as_of="2026-10-31")["nodes"]["sold"]
    assert (sold["target"], sold["reasons"]["target"]["code"]) == (None, "no_target")


def test_what_may_not_be_read_is_no_target_and_is_not_named(
    admin: Client, client_as: ClientAs, datasets: list[str]
) -> None:
    assert admin.post(ROUTE, json=planned(datasets)).status_code == 201
    evaluated(admin)
    answer = client_as("half").post(f"{ROUTE}planned/evaluate", json={"as_of": "2026-10-31"})
    result = answer.json["result"]
    sold, goal = result["nodes"]["sold"], result["nodes"]["goal"]
    assert (sold["actual"], sold["target"], sold["reasons"]["target"]["code"]) == (630, None, "restricted")
    assert (goal["target"], goal["reasons"]["target"]["code"]) == (None, "restricted")
    assert sold["status"] == "no_target"
    assert {query["dataset"] for query in result["queries"]} == {"sales"}
    assert "210" not in answer.text
    assert "plan" not in answer.text.replace("planned", "").replace("Planned", "")


def test_a_failed_metric_says_so_and_leaves_the_actual(admin: Client, datasets: list[str]) -> None:
    assert admin.post(ROUTE, json=planned(datasets, metric="broken")).status_code == 201
    sold = evaluated(admin)["nodes"]["sold"]
    assert (sold["actual"], sold["target"], sold["reasons"]["target"]["code"]) == (630, None, "error")
    assert "no_such_column" in sold["reasons"]["target"]["message"]
