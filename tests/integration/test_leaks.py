"""What a viewer may not see stays unseen: in numbers, names, caches, errors, documents and logs."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts, people
from tests.support.client import Client
from tests.support.documents import formula_node, link, node

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str | None], Client]
AS_OF = {"as_of": "2026-10-31"}


@pytest.fixture
def tree(app: Flask, client_as: ClientAs, tmp_path: Path) -> str:
    """goal = open + secret, over two datasets; `secret` reads the table hush_hush."""
    for table in ("sales", "hush_hush"):
        facts.write(tmp_path / f"{table}.db", table)
    with app.app_context():
        uuids = [facts.register(tmp_path / f"{table}.db", table) for table in ("sales", "hush_hush")]
        people.add_reader("north", uuids, "region = 'North'")
        people.add_reader("south", uuids, "region = 'South'")
        people.add_reader("half", uuids[:1])
    metrics = {
        key: {"dataset_uuid": uuid, "metric_name": name}
        for key, uuid, name in zip(("open", "secret"), uuids, ("amount", "customers"), strict=True)
    }
    document = {
        "name": "Shared",
        "slug": "shared",
        "published": True,
        "nodes": [
            formula_node("goal", "open + secret"),
            *(node(key, source="metric", metric=metric) for key, metric in metrics.items()),
        ],
        "links": [link("goal", "open"), link("goal", "secret")],
    }
    made = client_as("admin").post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    return uuids[1]


def evaluated(client: Client) -> dict[str, Any]:
    answer = client.post(f"{ROUTE}shared/evaluate", json=AS_OF)
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def numbers(client: Client) -> dict[str, Any]:
    return {key: row["actual"] for key, row in evaluated(client)["nodes"].items()}


def test_row_level_security_holds_with_a_warm_cache(tree: str, client_as: ClientAs) -> None:
    expected = {
        "admin": {"goal": 638, "open": 630, "secret": 8},
        "north": {"goal": 213, "open": 210, "secret": 3},
        "south": {"goal": 425, "open": 420, "secret": 5},
    }
    for _ in range(2):
        assert {name: numbers(client_as(name)) for name in expected} == expected
    assert {query["cached"] for query in evaluated(client_as("south"))["queries"]} == {True}


def test_a_revoked_dataset_is_restricted_in_the_same_minute(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    assert (
        numbers(client_as("north")) == numbers(client_as("north")) == {"goal": 213, "open": 210, "secret": 3}
    )
    assert numbers(client_as("south")) == {"goal": 425, "open": 420, "secret": 5}
    with app.app_context():
        people.revoke_datasets("south")
    assert numbers(client_as("south")) == dict.fromkeys(("goal", "open", "secret"))
    assert numbers(client_as("north")) == {"goal": 213, "open": 210, "secret": 3}


def test_half_a_view_names_nothing_of_the_other_half(
    tree: str, client_as: ClientAs, caplog: pytest.LogCaptureFixture
) -> None:
    evaluated(client_as("admin"))
    caplog.clear()
    caplog.set_level(logging.INFO)
    half = client_as("half")
    result = evaluated(half)
    nodes = result["nodes"]
    assert nodes["open"]["actual"] == 630
    for key in ("secret", "goal"):
        assert (nodes[key]["actual"], nodes[key]["status"]) == (None, "restricted"), key
        assert nodes[key]["reason"] == "restricted"
        hidden = ("variance", "attainment", "pace", "forecast", "unexplained", "data_through")
        assert [nodes[key][name] for name in hidden] == [None] * len(hidden)
    document = half.get(f"{ROUTE}shared").json["result"]
    metrics = {row["key"]: row["metric"] for row in document["nodes"]}
    assert metrics["open"] is not None
    assert metrics["secret"] is None
    for told in (json.dumps(result), json.dumps(document), caplog.text):
        for hidden_name in ("hush_hush", "customers", tree):
            assert hidden_name not in told


def test_a_filter_on_a_hidden_dataset_tells_nothing_about_its_columns(tree: str, client_as: ClientAs) -> None:
    body = {
        **AS_OF,
        "filters": [{"col": "region", "op": "==", "val": "North"}, {"col": "amoun", "op": "==", "val": 1}],
    }
    result = client_as("half").post(f"{ROUTE}shared/evaluate", json=body).json["result"]
    missed = {row["filter"]["col"]: row["nodes"] for row in result["filters_not_applied"]}
    assert missed == {"amoun": ["open"]}


def test_a_writer_cannot_link_to_what_they_may_not_read(tree: str, client_as: ClientAs) -> None:
    reading = {"dataset_uuid": tree, "metric_name": "customers"}
    document = {"name": "Mine", "nodes": [node("peek", source="metric", metric=reading)]}
    unreadable = client_as("alpha").post(ROUTE, json=document)
    assert unreadable.status_code == 201  # Alpha may read every dataset in Superset
    with_gamma = client_as("half").post(ROUTE, json=document)
    assert with_gamma.status_code == 403
    reading["metric_name"] = "no_such_metric"
    named = client_as("alpha").post(ROUTE, json=document).json["message"]
    assert list(named) == ["nodes.peek.metric.metric_name"]


def test_an_unreadable_dataset_and_a_missing_one_are_refused_alike(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    with app.app_context():
        from superset.extensions import db, security_manager

        role = security_manager.find_role("half's role")
        role.permissions.append(security_manager.find_permission_view_menu("can_write", "KpiTree"))
        db.session.commit()
    told = []
    for uuid in (tree, "7d444840-9dc0-11d1-b245-5ffdce74fad2"):
        metric = {"dataset_uuid": uuid, "metric_name": "customers"}
        document = {"name": "Mine", "nodes": [node("peek", source="metric", metric=metric)]}
        answer = client_as("half").post(ROUTE, json=document)
        told.append((answer.status_code, answer.json))
    assert told[0] == told[1]
    assert told[0][0] == 422


# --- the "KPI trees" dataset ----------------------------------------------------------------------


def listed(app: Flask, client: Client, **extra: Any) -> Any:
    with app.app_context():
        from superset_kpi_plugin.sql.dataset import find_dataset

        dataset_id = find_dataset().id
    query = {"columns": ["slug", "name", "published"], "metrics": [], "row_limit": 100, **extra}
    body = {"datasource": {"id": dataset_id, "type": "table"}, "queries": [query]}
    answer = client.post("/api/v1/chart/data", json=body)
    return (
        sorted(row["slug"] for row in answer.json["result"][0]["data"])
        if answer.status_code == 200
        else answer
    )


def test_the_dataset_lists_to_each_what_they_may_see(app: Flask, tree: str, client_as: ClientAs) -> None:
    draft = {"name": "Draft", "slug": "draft", "nodes": [node("goal")]}
    assert client_as("admin").post(ROUTE, json=draft).status_code == 201
    assert client_as("alpha").post(ROUTE, json={**draft, "slug": "alphas"}).status_code == 201
    expected = {
        "admin": ["alphas", "draft", "marketing-automation", "shared"],
        "alpha": ["alphas", "marketing-automation", "shared"],
        "gamma": ["marketing-automation", "shared"],
    }
    for _ in range(2):
        assert {name: listed(app, client_as(name)) for name in expected} == expected


def test_the_dataset_filters_by_uuid_and_is_not_for_strangers(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    uuid = client_as("admin").get(f"{ROUTE}shared").json["result"]["uuid"]
    only = [{"col": "uuid", "op": "==", "val": uuid}]
    assert listed(app, client_as("gamma"), filters=only) == ["shared"]
    assert listed(app, client_as(None)).status_code in (401, 403)
