"""Contributions through HTTP: exact shares that sum to the change, over windows that are fair to compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node

ROUTE = "/api/v1/kpi_tree/"
SEPTEMBER, OCTOBER = ("2026-09-01", "2026-10-01"), ("2026-10-01", "2026-11-01")


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def product(parent: Any) -> dict[str, Any]:
    """orders × value: 10 × 4 in September, 20 × 2 in October, against targets of 5 × 8."""

    def leaf(key: str, september: float, october: float, target: float) -> Any:
        values = [month(*SEPTEMBER, value=september), month(*OCTOBER, value=october)]
        return node(key, manual_values=values, targets=[month(*OCTOBER, value=target)])

    return {
        "name": "Product",
        "slug": "product",
        "nodes": [parent, leaf("orders", 10, 20, 5), leaf("value", 4, 2, 8)],
        "links": [link("revenue", "orders"), link("revenue", "value")],
    }


def explained(client: Client, document: Any, compare: str, **body: Any) -> Any:
    assert client.post(ROUTE, json=document).status_code == 201
    question = {"compare": compare, "as_of": "2026-11-05", "period": "2026-10", **body}
    answer = client.post(f"{ROUTE}{document['slug']}/contributions", json=question)
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def shares(result: Any) -> dict[tuple[str, str], float]:
    return {(row["key"], row["kind"]): row["contribution"] for row in result["contributions"]}


def test_the_change_of_a_product_is_shared_by_its_factors(admin: Client) -> None:
    result = explained(admin, product(formula_node("revenue", "orders * value")), "previous_period")
    assert (result["change"], result["reason"]) == (0, None)
    found = shares(result)
    assert found["orders", "leaf"] == pytest.approx(27.7259, abs=1e-4)
    assert found["value", "leaf"] == pytest.approx(-27.7259, abs=1e-4)
    assert result["compared_with"]["name"] == "2026-09"
    assert {tuple(path["keys"]) for path in result["paths"]} == {("revenue", "orders"), ("revenue", "value")}


def test_the_variance_is_shared_and_what_is_unexplained_has_a_row_of_its_own(admin: Client) -> None:
    measured = [month(*SEPTEMBER, value=45), month(*OCTOBER, value=47)]
    parent = node(
        "revenue", formula="orders * value", manual_values=measured, targets=[month(*OCTOBER, value=50)]
    )
    result = explained(admin, product(parent), "target")
    assert result["change"] == -3
    found = shares(result)
    assert found["revenue", "remainder"] == pytest.approx(7 - 10)
    rows = [row for row in result["contributions"] if row["kind"] in ("leaf", "remainder")]
    assert sum(row["contribution"] for row in rows) == pytest.approx(-3, abs=1e-9)
    assert result["compared_with"] is None


def test_what_cannot_be_explained_says_why(admin: Client) -> None:
    result = explained(admin, product(formula_node("revenue", "orders * value")), "previous_year")
    assert (result["change"], result["contributions"]) == (None, [])
    assert result["reason"]["code"] == "operand_undefined"


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "compare"), ({"compare": "yesterday"}, "compare"), ({"compare": "target", "by": 1}, "by")],
)
def test_a_question_that_means_nothing_is_refused(admin: Client, body: Any, field: str) -> None:
    answer = admin.post(f"{ROUTE}marketing-automation/contributions", json=body)
    assert (answer.status_code, list(answer.json["message"])) == (422, [field])


@pytest.mark.parametrize("compare", ["target", "previous_period", "previous_year"])
@pytest.mark.parametrize("body", [{"period": "2026-09"}, {}])
def test_the_demos_change_is_explained_to_the_last_cent(admin: Client, compare: str, body: Any) -> None:
    question = {"compare": compare, "as_of": "2026-10-20", **body}
    result = admin.post(f"{ROUTE}marketing-automation/contributions", json=question).json["result"]
    assert result["reason"] is None
    rows = [row for row in result["contributions"] if row["kind"] in ("leaf", "remainder")]
    largest = max(abs(row["contribution"]) for row in rows)
    assert sum(row["contribution"] for row in rows) == pytest.approx(result["change"], abs=1e-9 * largest)
    assert len(result["paths"]) <= 20
    evaluation = admin.post(
        f"{ROUTE}marketing-automation/evaluate", json={"as_of": "2026-10-20", **body}
    ).json["result"]
    if compare == "target":
        assert result["change"] == pytest.approx(evaluation["nodes"]["revenue"]["variance"])


def test_an_open_month_is_compared_with_as_many_days(admin: Client) -> None:
    question = {"compare": "previous_period", "as_of": "2026-10-20"}
    result = admin.post(f"{ROUTE}marketing-automation/contributions", json=question).json["result"]
    assert (result["compared_with"]["since"], result["compared_with"]["as_of"]) == (
        "2026-09-01",
        "2026-09-20",
    )
    orders = [query for query in result["queries"] if query["dataset"] == "demo_orders"]
    windows = {tuple(window) for query in orders for window in query["windows"]}
    assert {("2026-09-01", "2026-09-21"), ("2026-10-01", "2026-10-21")} <= windows
    assert not any(until > "2026-09-21" for since, until in windows if since == "2026-09-01")
