"""Targets read from a metric, as part of a tree's document: stored, checked, masked and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, month, node

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str | None], Client]
NORTH = {
    "expressionType": "SIMPLE",
    "clause": "WHERE",
    "subject": "region",
    "operator": "==",
    "comparator": "N",
}


@pytest.fixture
def datasets(app: Flask, tmp_path: Path) -> list[str]:
    """`sales`, and `plan`, which a reader named half may not read."""
    with app.app_context():
        return facts.sales_and_plan(tmp_path)


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as("admin")


def planned(datasets: list[str], **target_metric: Any) -> Document:
    """goal = sold; what sales should bring is in another dataset."""
    wanted = {"dataset_uuid": datasets[1], "metric_name": "customers", **target_metric}
    sold = {"dataset_uuid": datasets[0], "metric_name": "amount"}
    return {
        "name": "Planned",
        "slug": "planned",
        "published": True,
        "nodes": [
            formula_node("goal", "sold"),
            node("sold", source="metric", metric=sold, target_metric=wanted),
        ],
        "links": [link("goal", "sold")],
    }


def made(client: Client, document: Document) -> Document:
    answer = client.post(ROUTE, json=document)
    assert answer.status_code == 201, answer.json
    result: Document = answer.json["result"]
    return result


def wanted(document: Document) -> Any:
    return next(row["target_metric"] for row in document["nodes"] if row["key"] == "sold")


def half_becomes_an_owner(app: Flask, admin: Client, document: Document) -> Document:
    with app.app_context():
        from superset.extensions import db, security_manager

        role = security_manager.find_role("half's role")
        role.permissions.append(security_manager.find_permission_view_menu("can_write", "KpiTree"))
        db.session.commit()
        half_id = security_manager.find_user("half").id
    answer = admin.put(f"{ROUTE}planned", json={**document, "owners": [1, half_id]})
    assert answer.status_code == 200, answer.json
    result: Document = answer.json["result"]
    return result


def test_it_comes_back_as_it_was_sent_and_goes_into_a_copy(admin: Client, datasets: list[str]) -> None:
    sent = planned(datasets, filters=[NORTH], time_column="day")
    document = made(admin, sent)
    whole = {
        "dataset_uuid": datasets[1],
        "metric_name": "customers",
        "filters": [NORTH],
        "time_column": "day",
    }
    assert wanted(document) == whole
    assert admin.put(f"{ROUTE}planned", json=document).status_code == 200
    assert wanted(admin.get(f"{ROUTE}planned").json["result"]) == whole
    nodes = [{**row, "uuid": None} for row in document["nodes"]]
    assert wanted(made(admin, {**document, "uuid": None, "slug": "a-copy", "nodes": nodes})) == whole


def test_what_is_not_said_is_the_main_time_column_and_no_filter(admin: Client, datasets: list[str]) -> None:
    stored = wanted(made(admin, planned(datasets)))
    assert (stored["filters"], stored["time_column"]) == ([], None)


def test_members_may_have_targets_of_their_own(admin: Client, datasets: list[str]) -> None:
    document = planned(datasets)
    member = month("2026-10-01", "2026-11-01", value=5, dimension="region", member="North")
    document["nodes"][1]["targets"] = [member]
    stored = made(admin, document)
    assert wanted(stored)
    assert [row["member"] for row in stored["nodes"][1]["targets"]] == ["North"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"metric_name": "no_such_metric"}, "metric_name"),
        ({"time_column": "region"}, "time_column"),
        ({"filters": [{**NORTH, "subject": "colour"}]}, "filters.0.subject"),
        (
            {"filters": [{"expressionType": "SQL", "sqlExpression": "1 = 1) OR (1"}]},
            "filters.0.sqlExpression",
        ),
    ],
)
def test_it_must_name_what_is_there(admin: Client, datasets: list[str], change: Document, field: str) -> None:
    answer = admin.post(ROUTE, json=planned(datasets, **change))
    assert answer.status_code == 422
    assert list(answer.json["message"]) == [f"nodes.sold.target_metric.{field}"]


def test_who_may_not_read_the_dataset_does_not_learn_of_it(
    app: Flask, admin: Client, client_as: ClientAs, datasets: list[str]
) -> None:
    before = half_becomes_an_owner(app, admin, made(admin, planned(datasets)))
    half = client_as("half")
    read = half.get(f"{ROUTE}planned").json["result"]
    assert wanted(read) == {"restricted": True}
    assert read["nodes"][1]["metric"] == before["nodes"][1]["metric"]
    for row in read["nodes"]:
        row["key"] = {"sold": "sales"}.get(row["key"], row["key"])
    read["nodes"][0]["formula"] = "sales"
    read["links"][0]["child"] = "sales"
    saved = half.put(f"{ROUTE}planned", json=read)
    assert saved.status_code == 200, saved.json
    for told in (read, saved.json):
        assert datasets[1] not in json.dumps(told)
        assert "customers" not in json.dumps(told)
    after = admin.get(f"{ROUTE}planned").json["result"]
    assert after["nodes"][1]["target_metric"] == wanted(before)


def test_who_may_not_read_the_dataset_cannot_point_at_it(
    app: Flask, admin: Client, client_as: ClientAs, datasets: list[str]
) -> None:
    document = planned(datasets)
    del document["nodes"][1]["target_metric"]
    half_becomes_an_owner(app, admin, made(admin, document))
    half = client_as("half")
    read = half.get(f"{ROUTE}planned").json["result"]
    read["nodes"][1]["target_metric"] = {"dataset_uuid": datasets[1], "metric_name": "customers"}
    refused = half.put(f"{ROUTE}planned", json=read)
    assert list(refused.json["message"]) == ["nodes.sold.target_metric.dataset_uuid"]
    read["nodes"][1]["target_metric"] = {"restricted": True}
    refused = half.put(f"{ROUTE}planned", json=read)
    assert refused.status_code == 422
    assert "nodes.sold.target_metric.restricted" in refused.json["message"]


def test_a_dataset_deleted_since_does_not_lock_the_tree(
    app: Flask, admin: Client, datasets: list[str]
) -> None:
    document = made(admin, planned(datasets))
    with app.app_context():
        from superset.extensions import db

        from superset_kpi_plugin.services.references import find_datasets

        db.session.delete(find_datasets([datasets[1]])[datasets[1]])
        db.session.commit()
    answer = admin.put(f"{ROUTE}planned", json={**document, "name": "Renamed"})
    assert answer.status_code == 200, answer.json
    assert wanted(answer.json["result"]) == wanted(document)
    moved = {**wanted(document), "metric_name": "amount"}
    document = answer.json["result"]
    document["nodes"][1]["target_metric"] = moved
    refused = admin.put(f"{ROUTE}planned", json=document)
    assert list(refused.json["message"]) == ["nodes.sold.target_metric.dataset_uuid"]
