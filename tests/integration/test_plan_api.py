"""A year of targets: its periods, what was the year before, and what a fill makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, month, node, small_tree

ROUTE = "/api/v1/kpi_tree/plan/"
MAY = {"as_of": "2026-05-05"}
QUARTERS_2025 = [
    month(f"2025-{first:02d}-01", f"{2025 + (first == 10)}-{(first + 2) % 12 + 1:02d}-01", value=value)
    for first, value in ((1, 100), (4, 200), (7, 300), (10, 400))
]


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def tree(**fields: Any) -> Document:
    return {
        "name": "Plans",
        "grain": "quarter",
        "nodes": [node("sales", manual_values=QUARTERS_2025, **fields)],
        "links": [],
    }


def planned(client: Client, document: Document, **question: Any) -> Any:
    """The answer about the document's first node."""
    fills = {document["nodes"][0]["key"]: question.pop("fill", None)}
    answer = client.post(ROUTE, json={"document": document, "fills": fills, **question})
    assert answer.status_code == 200, answer.json
    result = answer.json["result"]
    return {**result, **next(iter(result.pop("nodes").values()))}


def refused(client: Client, document: Document, **question: Any) -> Any:
    fills = {document["nodes"][0]["key"]: question.pop("fill", None)}
    answer = client.post(ROUTE, json={"document": document, "fills": fills, **question})
    assert answer.status_code == 422, answer.json
    return answer.json["message"]


def test_a_year_has_its_periods_and_the_year_before_beside_them(admin: Client) -> None:
    result = planned(admin, tree(), year="2026-05-05")
    assert result["year"] == {"name": "2026", "since": "2026-01-01", "until": "2027-01-01"}
    assert [period["name"] for period in result["periods"]] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert result["last_year"] == [100, 200, 300, 400]
    assert result["proposed"] is None


def test_without_a_year_it_is_the_one_of_today_in_the_trees_own_calendar(admin: Client) -> None:
    result = planned(admin, {**tree(), "fiscal_year_start_month": 4}, **MAY)
    assert result["year"] == {"name": "FY2026", "since": "2026-04-01", "until": "2027-04-01"}
    assert result["periods"][0]["name"] == "FY2026-Q1"
    assert result["last_year"] == [200, 300, 400, None]


def test_next_years_plan_looks_at_the_last_closed_period_of_the_same_name(admin: Client) -> None:
    result = planned(admin, tree(), year="2027-01-01", **MAY)
    # The first quarter of 2026 has closed without a number, the others are those of 2025.
    assert [row["last_year"] for row in result["periods"]] == ["2026-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert result["last_year"] == [None, 200, 300, 400]
    assert "enter it" in result["reasons"][0]
    assert result["reasons"][1:] == [None, None, None]


def test_several_nodes_are_planned_together(admin: Client) -> None:
    document = {
        **tree(),
        "nodes": [formula_node("goal", "sales * 2"), *tree()["nodes"]],
        "links": [link("goal", "sales")],
    }
    fills = {"sales": {"how": "grow", "percent": 100}, "goal": None}
    answer = admin.post(ROUTE, json={"document": document, "fills": fills, "year": "2026-01-01"})
    nodes = answer.json["result"]["nodes"]
    assert nodes["sales"]["proposed"] == [200, 400, 600, 800]
    assert (nodes["goal"]["last_year"], nodes["goal"]["proposed"]) == ([200, 400, 600, 800], None)


def test_a_parent_is_planned_by_what_its_children_were(admin: Client) -> None:
    document = {
        **tree(),
        "nodes": [formula_node("goal", "sales * 2"), *tree()["nodes"]],
        "links": [link("goal", "sales")],
    }
    assert planned(admin, document, year="2026-01-01")["last_year"] == [200, 400, 600, 800]


@pytest.mark.parametrize(
    ("fill", "proposed"),
    [
        ({"how": "even", "amount": 1000}, [250, 250, 250, 250]),
        ({"how": "even", "amount": 100.1}, [25.03, 25.03, 25.02, 25.02]),
        ({"how": "last_year", "amount": 2000}, [200, 400, 600, 800]),
        ({"how": "grow", "percent": 10}, [110, 220, 330, 440]),
    ],
)
def test_a_fill_proposes_one_value_for_each_period(
    admin: Client, fill: dict[str, Any], proposed: list[float]
) -> None:
    assert planned(admin, tree(), year="2026-01-01", fill=fill)["proposed"] == proposed


def test_a_level_is_filled_as_a_level(admin: Client) -> None:
    fill = {"how": "even", "amount": 0.25}
    assert planned(admin, tree(accumulation="rate"), fill=fill)["proposed"] == [0.25] * 4


def test_amounts_are_as_round_as_the_number_format(admin: Client) -> None:
    fill = {"how": "even", "amount": 1_000_001}
    result = planned(admin, tree(d3format=",.0f"), fill=fill)
    assert result["proposed"] == [250_001, 250_000, 250_000, 250_000]


def test_a_percentage_leaves_out_what_it_cannot_grow_from(admin: Client) -> None:
    fill = {"how": "grow", "percent": -50}
    assert planned(admin, tree(), year="2027-01-01", fill=fill, **MAY)["proposed"] == [None, 100, 150, 200]


@pytest.mark.parametrize(
    ("year", "fill", "path"),
    [
        ("2027-01-01", {"how": "last_year", "amount": 5}, "fills.sales"),
        ("2020-01-01", {"how": "grow", "percent": 5}, "fills.sales"),
        ("0001-01-01", {"how": "last_year", "amount": 5}, "fills.sales"),
        ("2026-01-01", {"how": "grow", "percent": 1e308}, "fills.sales"),
    ],
)
def test_what_cannot_be_filled_is_refused_with_the_reason(
    admin: Client, year: str, fill: dict[str, Any], path: str
) -> None:
    assert list(refused(admin, tree(), year=year, fill=fill, **MAY)) == [path]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ({"fills": {"nobody": None}}, "fills.nobody"),
        ({"year": "yesterday"}, "year"),
        ({"fill": {"how": "even"}}, "fills.sales.amount"),
        ({"fill": {"how": "grow", "amount": 3}}, "fills.sales.percent"),
        ({"fill": {"how": "grow", "percent": 3, "amount": 3}}, "fills.sales.percent"),
        ({"fill": {"how": "magic", "amount": 3}}, "fills.sales.how"),
        ({"fill": {"how": "even", "amount": 1e400}}, "fills.sales.amount"),
    ],
)
def test_bad_questions_are_refused_by_field(admin: Client, question: dict[str, Any], path: str) -> None:
    assert path in refused(admin, tree(), **question)


def test_custom_periods_may_leave_a_year_empty(admin: Client) -> None:
    periods = [{"name": "Spring", "start": "2026-03-01", "end": "2026-06-01"}]
    document = {**small_tree(), "grain": "custom", "periods": periods}
    assert [row["name"] for row in planned(admin, document, year="2026-01-01")["periods"]] == ["Spring"]
    nothing = planned(admin, document, year="2030-01-01", fill={"how": "even", "amount": 1})
    assert (nothing["periods"], nothing["proposed"]) == ([], None)


def test_a_metric_is_read_as_the_planner(client_as: Callable[[str], Client]) -> None:
    document = client_as("admin").get("/api/v1/kpi_tree/marketing-automation").json["result"]
    question = {"fills": {"revenue": None}, "year": "2026-04-01", "as_of": "2026-10-31"}
    answer = client_as("admin").post(ROUTE, json={"document": document, **question})
    assert answer.status_code == 200
    assert all(answer.json["result"]["nodes"]["revenue"]["last_year"])
