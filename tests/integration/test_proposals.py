"""Trees to start from: templates with the metrics that fit, and what a metric's SQL implies."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from superset_kpi_plugin.catalogue import TEMPLATES
from superset_kpi_plugin.demo.metrics import BY_KEY as DATASETS
from tests.support import people
from tests.support.client import Client

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str | None], Client]


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as("admin")


def proposed(client: Client, **body: Any) -> dict[str, Any]:
    answer = client.post(f"{ROUTE}propose/", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def metric(dataset: str, name: str) -> dict[str, str]:
    return {"dataset_uuid": DATASETS[dataset].uuid, "metric_name": name}


def nodes(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["key"]: node for node in result["document"]["nodes"]}


def best(result: dict[str, Any]) -> dict[str, str]:
    """The first proposal for every node that has one, as dataset.metric."""
    return {
        key: f"{rows[0]['dataset'].removeprefix('demo_')}.{rows[0]['metric_name']}"
        for key, rows in result["proposals"].items()
        if rows
    }


# --- templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "purpose", "name"),
    [
        ("en", "More prospects", "New leads from the web"),
        ("vi", "Nhiều khách hàng tiềm năng hơn", "Khách hàng tiềm năng mới từ web"),
        ("ja", "見込み客を増やす", "Webからの新規リード数"),
    ],
)
def test_templates_are_told_in_the_viewers_language(
    admin: Client, locale: str, purpose: str, name: str
) -> None:
    with admin.http.session_transaction() as session:
        session["locale"] = locale
    rows = {row["id"]: row for row in admin.get(f"{ROUTE}templates/").json["result"]}
    assert list(rows) == [template.id for template in TEMPLATES]
    assert rows["A-G5"] | {"description": ""} == {
        **{"id": "A-G5", "kgi": "A-G5", "purposes": [{"id": 1, "name": purpose}]},
        **{"name": name, "description": "", "nodes": 8},
    }


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
@pytest.mark.parametrize("language", ["en", "vi", "ja"])
def test_every_template_can_be_saved_as_it_is_proposed(admin: Client, template: Any, language: str) -> None:
    document = proposed(admin, template=template.id, language=language)["document"]
    assert document["published"] is False
    open_sources = {node["key"] for node in document["nodes"] if node["source"] == "metric"}
    assert all(node["metric"] is None for node in document["nodes"])
    assert open_sources == {node["key"] for node in document["nodes"] if node["formula"] is None}
    made = admin.post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    kinds = {(link["parent"], link["child"]): link["kind"] for link in made.json["result"]["links"]}
    assert kinds == {(link["parent"], link["child"]): link["kind"] for link in document["links"]}


def test_the_first_kgi_finds_its_metrics_on_the_demo(admin: Client) -> None:
    result = proposed(admin, template="A-G1", currency="USD")
    assert {key: found for key, found in best(result).items() if nodes(result)[key]["formula"] is None} == {
        "average_order_value": "orders.average_order_value",
        "order_rate": "negotiation_events.order_rate",
        "calls": "calls.calls",
        "appointment_rate": "calls.appointment_rate",
        "negotiation_rate": "calls.negotiation_rate",
        "nurtured_negotiations": "negotiation_events.negotiations",
        "mqls": "lead_events.mqls",
        "visits": "web_sessions.visits",
    }
    assert best(result)["marketing_revenue"] == "orders.revenue"
    assert nodes(result)["marketing_revenue"]["unit"] == "USD"
    assert nodes(result)["average_order_value"]["unit"] == "USD per order"
    for rows in result["proposals"].values():
        scores = [row["score"] for row in rows]
        assert scores == sorted(scores, reverse=True)
        assert len(rows) <= 5
        assert all(0 < score <= 1 for score in scores)
    (revenue,) = [row for row in result["proposals"]["marketing_revenue"] if row["metric_name"] == "revenue"]
    assert revenue["why"] == "It may count more than this KPI: add a filter."
    assert revenue["expression"] == "SUM(revenue)"


def test_a_confirmed_proposal_is_a_reference_that_can_be_saved(admin: Client) -> None:
    result = proposed(admin, template="A-G1")
    document = result["document"]
    for node in document["nodes"]:
        if node["formula"] is None:
            found = result["proposals"][node["key"]][0]
            node["metric"] = {name: found[name] for name in ("dataset_uuid", "metric_name")}
    made = admin.post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    evaluated = admin.post(
        f"{ROUTE}{made.json['result']['uuid']}/evaluate", json={"as_of": "2026-10-31", "period": "2026-09"}
    )
    numbers = {key: row["actual"] for key, row in evaluated.json["result"]["nodes"].items()}
    assert None not in numbers.values()
    assert numbers["marketing_revenue"] == pytest.approx(
        numbers["marketing_orders"] * numbers["average_order_value"]
    )


def test_nothing_is_proposed_that_the_caller_may_not_read(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        people.add_reader("narrow", [DATASETS["calls"].uuid])
        people.may_write("narrow")
    narrow = client_as("narrow")
    result = proposed(narrow, template="A-G4")
    assert {row["dataset"] for rows in result["proposals"].values() for row in rows} == {"demo_calls"}
    refused = narrow.post(f"{ROUTE}propose/", json={"metric": metric("orders", "revenue")})
    assert (refused.status_code, refused.json) == (
        422,
        {"message": {"metric.dataset_uuid": ["There is no dataset with this uuid that you may read."]}},
    )
    unknown = {"metric": {**metric("orders", "revenue"), "dataset_uuid": DATASETS["orders"].uuid[::-1]}}
    unknown["metric"]["dataset_uuid"] = "00000000-0000-4000-8000-000000000000"
    assert narrow.post(f"{ROUTE}propose/", json=unknown).json == refused.json
    assert "revenue" not in json.dumps(result["proposals"])


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "template"),
        ({"template": "A-G1", "metric": metric("orders", "revenue")}, "template"),
        ({"template": "Z-G9"}, "template"),
        ({"template": "A-G1", "language": "de"}, "language"),
        ({"metric": {"dataset_uuid": "x", "metric_name": "y"}}, "metric.dataset_uuid"),
        ({"metric": metric("orders", "no_such_metric")}, "metric.metric_name"),
    ],
)
def test_a_wrong_start_is_named(admin: Client, body: Any, path: str) -> None:
    answer = admin.post(f"{ROUTE}propose/", json=body)
    assert (answer.status_code, list(answer.json["message"])) == (422, [path])


# --- from a metric --------------------------------------------------------------------------------


def test_a_quotient_becomes_two_linked_children(admin: Client) -> None:
    result = proposed(admin, metric=metric("emails", "open_rate"))
    document = result["document"]
    assert [node["key"] for node in document["nodes"]] == ["open_rate", "opened", "delivered"]
    root, opened, delivered = document["nodes"]
    assert (root["source"], root["formula"], root["accumulation"]) == ("metric", "opened / delivered", "rate")
    assert root["metric"]["metric_name"] == "open_rate"
    assert [node["metric"]["metric_name"] for node in (opened, delivered)] == ["opened", "delivered"]
    assert opened["accumulation"] == "flow"
    assert result["note"] is None
    made = admin.post(ROUTE, json=document)
    assert made.status_code == 201, made.json


def test_what_a_metric_implies_closes_on_its_rows(admin: Client) -> None:
    for name in ("marketing_share", "profit", "average_order_value"):
        result = proposed(admin, metric=metric("orders", name))
        assert result["document"]["links"], name
        for node in result["document"]["nodes"]:
            if node["metric"] is None:
                found = result["proposals"][node["key"]][0]
                node["metric"] = {key: found[key] for key in ("dataset_uuid", "metric_name")}
        made = admin.post(ROUTE, json={**result["document"], "slug": f"implied-{name.replace('_', '-')}"})
        assert made.status_code == 201, made.json
        question = {"as_of": "2026-10-31", "period": "2026-09"}
        answer = admin.post(f"{ROUTE}{made.json['result']['slug']}/evaluate", json=question)
        root = answer.json["result"]["nodes"][name]
        assert root["actual"] is not None
        assert root["unexplained"] == pytest.approx(0, abs=1e-6), name


def test_a_condition_becomes_a_filter(admin: Client) -> None:
    result = proposed(admin, metric=metric("orders", "marketing_share"))
    found = nodes(result)
    root = found["marketing_share"]
    part, whole = root["formula"].split(" / ")
    assert found[part]["metric"] == {
        **metric("orders", "revenue"),
        "filters": [
            {
                **{"expressionType": "SIMPLE", "clause": "WHERE", "subject": "won_by"},
                **{"operator": "==", "comparator": "marketing"},
            }
        ],
        "time_column": None,
        "empty": "zero",
    }
    assert found[whole]["metric"]["filters"] == []


def test_a_metric_without_arithmetic_is_a_root_alone(admin: Client) -> None:
    result = proposed(admin, metric=metric("orders", "orders"))
    assert [node["key"] for node in result["document"]["nodes"]] == ["orders"]
    assert result["note"] == "The SQL of this metric is no arithmetic over others."
