"""What-if and goal seek through HTTP: supposed numbers reach every ancestor, and nothing is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.documents import month, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
OCTOBER = ("2026-10-01", "2026-11-01")
CLOSED = {"as_of": "2026-11-05", "period": "2026-10"}


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    client = client_as("admin")
    assert client.post(ROUTE, json=small_tree()).status_code == 201
    return client


def asked(client: Client, route: str, tree: str = "small-tree", **body: Any) -> Any:
    answer = client.post(f"{ROUTE}{tree}/{route}", json={**CLOSED, **body})
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def test_a_supposed_actual_reaches_the_goal_and_is_not_saved(admin: Client) -> None:
    supposed = asked(admin, "evaluate", overrides={"orders": {"actual": {"value": 40}}})
    assert supposed["overridden"] == ["orders"]
    assert (supposed["nodes"]["revenue"]["actual"], supposed["nodes"]["revenue"]["attainment"]) == (120, 1.2)
    percent = asked(admin, "evaluate", overrides={"value": {"actual": {"percent": 50}}})
    assert percent["nodes"]["revenue"]["actual"] == 90
    assert asked(admin, "evaluate")["nodes"]["revenue"]["actual"] == 60


def test_a_supposed_target_changes_the_attainment(admin: Client) -> None:
    supposed = asked(admin, "evaluate", overrides={"revenue": {"target": {"percent": -50}}})
    assert (supposed["nodes"]["revenue"]["target"], supposed["nodes"]["revenue"]["attainment"]) == (50, 1.2)


def test_a_measured_goal_keeps_what_is_unexplained(client_as: Callable[[str], Client]) -> None:
    client = client_as("admin")
    document = small_tree()
    measured = [month(*OCTOBER, value=65)]
    goal = node(
        "revenue", formula="orders * value", manual_values=measured, targets=[month(*OCTOBER, value=100)]
    )
    document["nodes"][0] = goal
    assert client.post(ROUTE, json=document).status_code == 201
    supposed = asked(client, "evaluate", overrides={"orders": {"actual": {"value": 30}}})
    assert (supposed["nodes"]["revenue"]["actual"], supposed["nodes"]["revenue"]["unexplained"]) == (95, 5)


def test_seek_then_evaluate_meets_the_target(admin: Client) -> None:
    found = asked(admin, "seek", key="orders")
    assert (found["present"], found["wanted"], found["goal"]) == (20, 100, "revenue")
    assert found["value"] == pytest.approx(100 / 3)
    assert found["sensitivity"] == pytest.approx(0.6)
    met = asked(admin, "evaluate", overrides={"orders": {"actual": {"value": found["value"]}}})
    assert met["nodes"]["revenue"]["attainment"] == pytest.approx(1, abs=1e-12)


def test_seek_says_that_no_value_does(admin: Client) -> None:
    found = asked(admin, "seek", key="orders", overrides={"value": {"actual": {"value": 0}}})
    assert (found["value"], found["reason"]["code"]) == (None, "no_solution")


def test_the_demos_goal_is_met_by_what_is_sought(client_as: Callable[[str], Client]) -> None:
    client = client_as("admin")
    body = {"as_of": "2026-10-20", "period": "2026-09"}
    found = asked(client, "seek", "marketing-automation", key="negotiation_rate", **body)
    overrides = {"negotiation_rate": {"actual": {"value": found["value"]}}}
    met = asked(client, "evaluate", "marketing-automation", overrides=overrides, **body)
    assert met["nodes"]["revenue"]["attainment"] == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("route", "body", "field"),
    [
        ("evaluate", {"overrides": {"nowhere": {"actual": {"value": 1}}}}, "overrides.nowhere"),
        (
            "evaluate",
            {"overrides": {"orders": {"actual": {"value": 1, "percent": 1}}}},
            "overrides.orders.actual.value",
        ),
        (
            "evaluate",
            {"overrides": {"orders": {"actual": {"value": "1"}}}},
            "overrides.orders.actual.value",
        ),
        ("evaluate", {"overrides": []}, "overrides"),
        ("seek", {}, "key"),
        ("seek", {"key": "nowhere"}, "key"),
        ("seek", {"key": "orders", "goal": "nowhere"}, "goal"),
    ],
)
def test_what_means_nothing_is_refused(admin: Client, route: str, body: Any, field: str) -> None:
    answer = admin.post(f"{ROUTE}small-tree/{route}", json={**CLOSED, **body})
    assert (answer.status_code, list(answer.json["message"])) == (422, [field])
