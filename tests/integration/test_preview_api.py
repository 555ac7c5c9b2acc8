"""Previews: a document evaluated as it would be, what is refused named and left out, nothing saved."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.integration.test_hostile_documents import HOSTILE, rows
from tests.support import facts, people
from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, month, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
OCTOBER = ("2026-10-01", "2026-11-01")
AS_OF = {"as_of": "2026-10-31"}


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def previewed(client: Client, document: Document, **question: Any) -> Any:
    answer = client.post(f"{ROUTE}preview", json={"document": document, **AS_OF, **question})
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def actuals(result: Any) -> dict[str, Any]:
    return {key: row["actual"] for key, row in result["evaluation"]["nodes"].items()}


def reason(result: Any, key: str) -> Any:
    return result["evaluation"]["nodes"][key]["reason"]


# --- it is what evaluate would say --------------------------------------------------------------


def told(evaluation: Any) -> Any:
    """An evaluation without what differs from call to call, and without what a save gives to its rows."""
    kept = {name: value for name, value in evaluation.items() if name != "queries"}
    kept["tree"] = {**kept["tree"], "uuid": None, "slug": None, "version": None}
    kept["tree"]["nodes"] = [{**row, "uuid": None} for row in kept["tree"]["nodes"]]
    return kept


def test_a_preview_of_the_demo_is_its_evaluation(admin: Client) -> None:
    document = admin.get(f"{ROUTE}marketing-automation").json["result"]
    question = {"as_of": "2026-10-20", "history": 3, "compare": ["previous_period", "previous_year"]}
    evaluated = admin.post(f"{ROUTE}marketing-automation/evaluate", json=question).json["result"]
    result = previewed(admin, document, **question)
    assert result["errors"] == {}
    assert told(result["evaluation"]) == told(evaluated)
    assert all(query["cached"] for query in result["evaluation"]["queries"])


def test_a_preview_by_members_is_the_evaluation_by_members(admin: Client) -> None:
    document = admin.get(f"{ROUTE}marketing-automation").json["result"]
    question = {"as_of": "2026-10-20", "by": "region"}
    evaluated = admin.post(f"{ROUTE}marketing-automation/evaluate", json=question).json["result"]
    assert told(previewed(admin, document, **question)["evaluation"]) == told(evaluated)


def test_a_document_is_evaluated_and_nothing_is_saved(admin: Client, app: Flask) -> None:
    before = admin.get(ROUTE).json["count"]
    result = previewed(admin, small_tree())
    assert actuals(result) == {"revenue": 60, "orders": 20, "value": 3}
    assert result["evaluation"]["tree"]["uuid"] is None
    assert admin.get(ROUTE).json["count"] == before


def test_a_node_without_a_source_says_so_and_the_tree_can_be_saved(admin: Client) -> None:
    document = small_tree()
    document["nodes"][1] = node("orders", source="metric")
    result = previewed(admin, document)
    assert result["errors"] == {}
    assert (reason(result, "orders"), reason(result, "revenue")) == ("no_source", "operand_undefined")
    assert result["evaluation"]["nodes"]["orders"]["status"] == "no_data"
    assert actuals(result)["value"] == 3
    assert admin.post(ROUTE, json=document).status_code == 201
    saved = admin.post(f"{ROUTE}small-tree/evaluate", json=AS_OF).json["result"]
    assert saved["nodes"]["orders"]["reason"] == "no_source"


# --- a broken part hides nothing else -------------------------------------------------------------


def changed(path: str, value: Any) -> Document:
    document = small_tree()
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    target: Any = document
    for part in parents:
        target = target[part]
    target[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "field", "numbers"),
    [
        ("nodes.0.formula", "orders * ", "nodes.revenue.formula", {"revenue": None}),
        ("nodes.0.formula", "orders * price", "nodes.revenue.formula", {"revenue": None}),
        ("nodes.0.formula", 7, "nodes.revenue.formula", {"revenue": None}),
        ("nodes.0.name", "", "nodes.revenue.name", {}),
        ("nodes.0.colour", "red", "nodes.revenue.colour", {}),
        ("nodes.1.owner", 424242, "nodes.orders.owner", {}),
        ("nodes.1.direction", "up", "nodes.orders.direction", {}),
        ("nodes.1.manual_values.0.value", "20", "nodes.orders.manual_values.0.value", {"orders": None}),
        ("nodes.1.targets.0.value", None, "nodes.orders.targets.0.value", {}),
        ("nodes.1.source", "metric", "nodes.orders.manual_values", {"orders": None, "revenue": None}),
        ("nodes.1.key", "Orders", "nodes.Orders.key", {"orders": ..., "revenue": None}),
        ("nodes.1.key", "value", "nodes.1.key", {"value": 20, "orders": ..., "revenue": None}),
        ("nodes.1", "orders", "nodes.1", {"orders": ..., "revenue": None}),
        ("links.0.child", "nowhere", "links.0.child", {"revenue": None}),
        ("name", "", "name", {}),
        ("time_zone", "Mars/Olympus_Mons", "time_zone", {}),
        ("holidays", "XX", "holidays", {}),
        ("colour", "red", "colour", {}),
        ("thresholds", {"on_track": 0.5, "at_risk": 0.9}, "thresholds.at_risk", {}),
        ("owners", [424242], "owners.0", {}),
    ],
)
def test_what_is_refused_is_named_and_the_rest_is_evaluated(
    admin: Client, path: str, value: Any, field: str, numbers: dict[str, Any]
) -> None:
    result = previewed(admin, changed(path, value))
    assert field in result["errors"]
    assert all(text for texts in result["errors"].values() for text in texts)
    expected = {"revenue": 60, "orders": 20, "value": 3} | numbers
    if numbers.get("orders", 1) is None:
        expected["revenue"] = None
    assert actuals(result) == {key: number for key, number in expected.items() if number is not ...}


def test_rows_that_are_refused_are_named_by_their_place_in_what_was_sent(admin: Client) -> None:
    document = small_tree()
    orders = document["nodes"][1]
    orders["targets"] = [
        month("2026-09-01", "2026-10-01", value="many"),
        month(*OCTOBER, value=16),
        month("2026-10-15", "2026-11-01", value=1),
    ]
    document["links"].insert(0, {"parent": "revenue"})
    document["links"].append(link("revenue", "nowhere"))
    result = previewed(admin, document)
    assert set(result["errors"]) == {
        "nodes.orders.targets.0.value",
        "nodes.orders.targets.2.start",
        "links.0.child",
        "links.3.child",
    }
    assert result["evaluation"]["nodes"]["orders"]["target"] == 16
    assert actuals(result)["revenue"] == 60


def test_a_cycle_is_named_and_left_out(admin: Client) -> None:
    document = small_tree()
    document["links"].append(link("value", "revenue"))
    result = previewed(admin, document)
    assert "cycle" in result["errors"]["links"][0]
    assert actuals(result)["revenue"] == 60
    ends = [(row["parent"], row["child"]) for row in result["evaluation"]["tree"]["links"]]
    assert ends == [("revenue", "orders"), ("revenue", "value")]


def test_what_stands_apart_is_evaluated_beside_the_tree(admin: Client) -> None:
    document = small_tree()
    document["nodes"].insert(0, node("alone", manual_values=[month(*OCTOBER, value=7)]))
    alone = previewed(admin, small_tree())["evaluation"]
    result = previewed(admin, document)
    assert list(result["errors"]) == ["links"]
    assert actuals(result)["alone"] == 7
    assert result["evaluation"]["tree"]["root"] == "revenue"
    assert result["evaluation"]["tree"]["links"] == alone["tree"]["links"]
    assert result["evaluation"]["nodes"]["revenue"] == alone["nodes"]["revenue"]


def test_a_tree_of_custom_periods_without_one_for_today_says_so(admin: Client) -> None:
    document = small_tree(grain="custom")
    answer = admin.post(f"{ROUTE}preview", json={"document": document})
    assert answer.status_code == 200, answer.json
    assert answer.json["result"]["evaluation"] is None
    assert list(answer.json["result"]["errors"]) == ["periods"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "document"),
        ({"document": []}, "document"),
        ({"document": {}}, "nodes"),
        ({"document": {"name": "Empty", "nodes": []}}, "nodes"),
        ({"document": {"name": "Empty", "nodes": {"a": 1}}}, "nodes"),
        ({"document": {"name": "Empty", "nodes": [7]}}, "nodes.0"),
        ({"document": small_tree(), "period": "soon"}, "period"),
        ({"document": small_tree(), "as_of": "soon"}, "as_of"),
        ({"document": small_tree(), "history": 1000}, "history"),
        ({"document": small_tree(), "overrides": {"nowhere": {}}}, "overrides.nowhere"),
        ({"document": small_tree(), "prove": "yes"}, "prove"),
    ],
)
def test_what_has_no_shape_is_refused(admin: Client, body: Any, field: str) -> None:
    answer = admin.post(f"{ROUTE}preview", json=body)
    assert answer.status_code == 422, answer.json
    assert field in answer.json["message"], answer.json


def test_a_broken_formula_beside_a_measurement_leaves_the_measurement(admin: Client) -> None:
    document = small_tree()
    document["nodes"][0] = node(
        "revenue", formula="orders ** value", manual_values=[month(*OCTOBER, value=61)]
    )
    result = previewed(admin, document)
    assert list(result["errors"]) == ["nodes.revenue.formula"]
    assert actuals(result)["revenue"] == 61
    assert result["evaluation"]["tree"]["nodes"][0]["formula"] is None


def test_a_value_typed_in_now_is_the_value_so_far(admin: Client) -> None:
    """As it will be once it is saved: while its period runs, it is what came together up to today."""
    today = admin.post(f"{ROUTE}preview", json={"document": small_tree()}).json["result"]["evaluation"]
    month_now = today["window"]
    document = small_tree()
    for row in document["nodes"]:
        row["targets"] = []
        row["manual_values"] = []
    span = (month_now["since"], month_now["until"])
    document["nodes"][1]["manual_values"] = [month(*span, value=90)]
    document["nodes"][2]["manual_values"] = [month(*span, value=1)]
    unsaved = admin.post(f"{ROUTE}preview", json={"document": document}).json["result"]["evaluation"]
    made = admin.post(ROUTE, json=document).json["result"]
    saved = admin.post(f"{ROUTE}small-tree/evaluate", json={}).json["result"]
    again = admin.post(f"{ROUTE}preview", json={"document": made}).json["result"]["evaluation"]
    assert unsaved["nodes"]["orders"]["actual"] == 90
    assert unsaved["nodes"] == saved["nodes"] == again["nodes"]


def test_a_document_is_not_changed_by_being_sent(admin: Client) -> None:
    document = small_tree()
    before = copy.deepcopy(document)
    previewed(admin, document)
    assert document == before


# --- whose ----------------------------------------------------------------------------------------


def test_readers_may_not_preview(client_as: Callable[[str], Client]) -> None:
    answer = client_as("gamma").post(f"{ROUTE}preview", json={"document": small_tree()})
    assert answer.status_code == 403
    assert client_as("alpha").post(f"{ROUTE}preview", json={"document": small_tree()}).status_code == 200


def test_formulas_over_several_nodes_follow(admin: Client) -> None:
    document = small_tree()
    document["nodes"].append(formula_node("double", "revenue + revenue"))
    document["links"].append(link("double", "revenue"))
    assert actuals(previewed(admin, document))["double"] == 120


@pytest.fixture
def hidden(app: Flask, admin: Client, tmp_path: Path) -> list[str]:
    """A tree goal = open + secret, owned by the writer `half`, who may read the dataset of `open` alone."""
    for table in ("sales", "hush_hush"):
        facts.write(tmp_path / f"{table}.db", table)
    with app.app_context():
        from superset.extensions import db, security_manager

        uuids = [facts.register(tmp_path / f"{table}.db", table) for table in ("sales", "hush_hush")]
        people.add_reader("half", uuids[:1])
        role = security_manager.find_role("half's role")
        role.permissions.append(security_manager.find_permission_view_menu("can_write", "KpiTree"))
        db.session.commit()
        half = security_manager.find_user("half").id
    secret = {"dataset_uuid": uuids[1], "metric_name": "customers"}
    document = {
        "name": "Shared",
        "slug": "shared",
        "owners": [1, half],
        "nodes": [
            formula_node("goal", "open + secret"),
            node("open", source="metric", metric={"dataset_uuid": uuids[0], "metric_name": "amount"}),
            node("secret", source="metric", metric=secret, target_metric=secret),
        ],
        "links": [link("goal", "open"), link("goal", "secret")],
    }
    assert admin.post(ROUTE, json=document).status_code == 201
    return uuids


def test_a_preview_tells_an_owner_nothing_of_what_they_may_not_read(
    hidden: list[str], client_as: Callable[[str], Client], caplog: pytest.LogCaptureFixture
) -> None:
    half = client_as("half")
    document = half.get(f"{ROUTE}shared").json["result"]
    previewed(client_as("admin"), document, prove=True)
    caplog.clear()
    caplog.set_level(logging.INFO)
    question = {"prove": True, "history": 3, "compare": ["previous_period"], "by": "region"}
    result = previewed(half, document, **question)
    assert result["errors"] == {}
    assert actuals(result) == {"goal": None, "open": 630, "secret": None}
    assert {reason(result, key) for key in ("goal", "secret")} == {"restricted"}
    told_of = {row["key"]: row["metric"] for row in result["evaluation"]["tree"]["nodes"]}
    assert told_of["secret"] == {"restricted": True}
    for text in (json.dumps(result), caplog.text):
        for name in ("hush_hush", "customers", hidden[1]):
            assert name not in text


def test_a_mask_is_refused_where_nothing_is_stored_that_one_may_change(
    hidden: list[str], admin: Client, client_as: Callable[[str], Client]
) -> None:
    stored = client_as("half").get(f"{ROUTE}shared").json["result"]
    fields = ["nodes.secret.metric", "nodes.secret.target_metric"]
    copied = {**stored, "uuid": None, "nodes": [{**row, "uuid": None} for row in stored["nodes"]]}
    result = previewed(client_as("half"), copied)
    assert [path for path in result["errors"] if path != "slug"] == fields
    admin.put(f"{ROUTE}shared", json={**admin.get(f"{ROUTE}shared").json["result"], "owners": [1]})
    result = previewed(client_as("half"), stored)
    assert set(fields) <= set(result["errors"])
    assert (reason(result, "secret"), reason(result, "goal")) == ("no_source", "operand_undefined")
    assert hidden[1] not in json.dumps(result)
    assert result["evaluation"]["queries"][0]["dataset"] == "sales"


def test_a_hidden_dataset_is_as_unknown_as_one_that_is_not_there(
    hidden: list[str], client_as: Callable[[str], Client]
) -> None:
    def told_of(uuid: str) -> Any:
        where = {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "region = 'North'"}
        metric = {"dataset_uuid": uuid, "metric_name": "customers", "filters": [where]}
        document = small_tree()
        document["nodes"][1] = node("orders", source="metric", metric=metric, target_metric=metric)
        result = previewed(client_as("half"), document)
        assert uuid not in json.dumps(result)
        return {**result, "evaluation": told(result["evaluation"])}

    secret, nothing = told_of(hidden[1]), told_of(str(uuid4()))
    assert secret == nothing
    assert list(secret["errors"]) == [
        "nodes.orders.metric.dataset_uuid",
        "nodes.orders.target_metric.dataset_uuid",
    ]
    assert reason(secret, "orders") == "no_source"


# --- hostile --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_named_and_harms_nothing(name: str, app: Flask, admin: Client) -> None:
    change, field = HOSTILE[name]
    document = small_tree()
    change(document)
    before = rows(app)
    body = json.dumps({"document": document, "prove": True, **AS_OF})
    answer = admin.post(f"{ROUTE}preview", data=body, content_type="application/json")
    assert answer.status_code in (200, 422), answer.json
    named = answer.json["message"] if answer.status_code == 422 else answer.json["result"]["errors"]
    # A mask is refused as a whole.
    assert any(field == path or field.startswith(f"{path}.") for path in named), answer.json
    assert rows(app) == before


def test_parts_that_are_broken_in_every_way_at_once(admin: Client) -> None:
    document = small_tree(nodes=[], links=[])
    for index in range(60):
        broken = {**node(f"k{index % 50}", formula=f"k{index + 1} + zz", owner=[]), "targets": [{}, 7, None]}
        document["nodes"].append(broken)
        document["links"] += [link(f"k{index % 7}", f"k{index % 11}"), {"child": "k1"}, None]
    result = previewed(admin, document)
    assert len(result["evaluation"]["nodes"]) == 50
    assert {"nodes.k0.formula", "nodes.k0.owner", "nodes.k0.targets.1", "links.2"} <= set(result["errors"])
