"""Documents that must not get in: each is refused with a 4xx that names the field, and nothing is saved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, month, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
Change = Callable[[Document], Any]


def setting(path: str, value: Any) -> Change:
    """Put `value` at a dotted path; a number is a place in a list."""

    def change(document: Document) -> None:
        *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        target: Any = document
        for part in parents:
            target = target[part]
        target[last] = value

    return change


def deep_chain(document: Document) -> None:
    keys = [f"n{index}" for index in range(3000)]
    document["nodes"] = [node(key) for key in keys]
    document["links"] = [link(parent, child) for parent, child in pairwise(keys)]
    document["links"].append(link(keys[-1], keys[0]))


def metric_node(**metric: Any) -> Document:
    reading = {"dataset_uuid": str(uuid4()), "metric_name": "count", **metric}
    return node("orders", source="metric", metric=reading)


def wide_formula(document: Document) -> None:
    document["nodes"][0]["formula"] = "+".join(["orders"] * 20_000)


TARGET = "nodes.0.targets.0"
TARGET_METRIC = {"dataset_uuid": str(uuid4()), "metric_name": "plan"}
HOSTILE: dict[str, tuple[Change, str]] = {
    "cycle": (lambda d: d["links"].append(link("value", "revenue")), "links"),
    "self link": (lambda d: d["links"].append(link("orders", "orders")), "links"),
    "long cycle": (deep_chain, "links"),
    "two roots": (lambda d: d["nodes"].append(node("alone")), "links"),
    "no nodes": (setting("nodes", []), "nodes"),
    "nodes missing": (lambda d: d.pop("nodes"), "nodes"),
    "nodes not a list": (setting("nodes", {"key": "a"}), "nodes"),
    "node not an object": (setting("nodes.1", "orders"), "nodes.1"),
    "unknown field": (setting("colour", "red"), "colour"),
    "unknown node field": (setting("nodes.1.colour", "red"), "nodes.orders.colour"),
    "unknown parent": (setting("links.0.parent", "nowhere"), "links.0.parent"),
    "unknown child": (setting("links.0.child", "x" * 10_000), "links.0.child"),
    "repeated link": (lambda d: d["links"].append(link("revenue", "orders")), "links.2.child"),
    "duplicate keys": (setting("nodes.2.key", "orders"), "nodes.1.key"),
    "duplicate node uuids": (
        lambda d: [row.update(uuid="7d444840-9dc0-11d1-b245-5ffdce74fad2") for row in d["nodes"]],
        "nodes.revenue.uuid",
    ),
    "upper-case key": (setting("nodes.1.key", "Orders"), "nodes.Orders.key"),
    "key with a trailing newline": (setting("nodes.1.key", "orders\n"), "nodes.orders\n.key"),
    "key of 64 characters": (setting("nodes.1.key", "a" * 64), "nodes.1.key"),
    "key is a number": (setting("nodes.1.key", 7), "nodes.1.key"),
    "name of 10,000 characters": (setting("nodes.1.name", "ä" * 10_000), "nodes.orders.name"),
    "empty name": (setting("name", ""), "name"),
    "name with NUL": (setting("name", "a\x00b"), "name"),
    "name with half a surrogate pair": (setting("name", "a\ud800b"), "name"),
    "name is a list": (setting("name", ["a"]), "name"),
    "slug with a path": (setting("slug", "../etc/passwd"), "slug"),
    "slug like a uuid": (setting("slug", "7d444840-9dc0-11d1-b245-5ffdce74fad2"), "slug"),
    "slug like a uuid written otherwise": (
        setting("slug", "0123-4567-89ab-cdef-0123-4567-89ab-cdef"),
        "slug",
    ),
    "slug that is an address of the API": (setting("slug", "metrics"), "slug"),
    "a time zone that every host has its own": (setting("time_zone", "localtime"), "time_zone"),
    "uuid that is none": (setting("uuid", "'; DROP TABLE kpi_tree; --"), "uuid"),
    "unknown grain": (setting("grain", "fortnight"), "grain"),
    "unknown time zone": (setting("time_zone", "Mars/Olympus_Mons"), "time_zone"),
    "week start 8": (setting("week_start", 8), "week_start"),
    "week start as text": (setting("week_start", "1"), "week_start"),
    "month true": (setting("fiscal_year_start_month", True), "fiscal_year_start_month"),
    "published as text": (setting("published", "yes"), "published"),
    "score cap zero": (setting("score_cap", 0), "score_cap"),
    "thresholds the wrong way round": (
        setting("thresholds", {"on_track": 0.5, "at_risk": 0.9}),
        "thresholds.at_risk",
    ),
    "negative weight": (setting("links.0.weight", -1), "links.0.weight"),
    "infinite weight": (setting("links.0.weight", float("inf")), "links.0.weight"),
    "NaN target": (setting(f"{TARGET}.value", float("nan")), "nodes.revenue.targets.0.value"),
    "infinite target": (setting(f"{TARGET}.value", float("-inf")), "nodes.revenue.targets.0.value"),
    "target as text": (setting(f"{TARGET}.value", "100"), "nodes.revenue.targets.0.value"),
    "target without a value": (setting(f"{TARGET}.value", None), "nodes.revenue.targets.0.value"),
    "target that ends before it starts": (
        setting(f"{TARGET}.end", "2026-09-01"),
        "nodes.revenue.targets.0.end",
    ),
    "target on a day that is none": (
        setting(f"{TARGET}.start", "2026-02-30"),
        "nodes.revenue.targets.0.start",
    ),
    "overlapping targets": (
        lambda d: d["nodes"][0]["targets"].append(month("2026-10-31", "2026-12-01", value=1)),
        "nodes.revenue.targets.1.start",
    ),
    "same target twice": (
        lambda d: d["nodes"][0]["targets"].append(dict(d["nodes"][0]["targets"][0])),
        "nodes.revenue.targets.1.start",
    ),
    "a member without its dimension": (
        setting(f"{TARGET}.member", "North"),
        "nodes.revenue.targets.0.member",
    ),
    "half a band": (setting(f"{TARGET}.lower", 1), "nodes.revenue.targets.0.upper"),
    "band upside down": (
        lambda d: d["nodes"][0]["targets"][0].update(lower=2, upper=1),
        "nodes.revenue.targets.0.upper",
    ),
    "maintain without a band": (setting("nodes.0.direction", "maintain"), "nodes.revenue.targets.0.lower"),
    "method against the direction": (
        setting("nodes.0.attainment_method", "inverse"),
        "nodes.revenue.attainment_method",
    ),
    "overlapping typed-in values": (
        lambda d: d["nodes"][1]["manual_values"].append(month("2026-10-05", "2026-10-06", value=1)),
        "nodes.orders.manual_values.1.start",
    ),
    "formula that imports": (
        setting("nodes.0.formula", "__import__('os').system('id')"),
        "nodes.revenue.formula",
    ),
    "formula with an attribute": (setting("nodes.0.formula", "orders.__class__"), "nodes.revenue.formula"),
    "formula with an exponent": (setting("nodes.0.formula", "orders ** value"), "nodes.revenue.formula"),
    "formula with unary minus": (setting("nodes.0.formula", "-orders"), "nodes.revenue.formula"),
    "formula of numbers only": (setting("nodes.0.formula", "1 + 1"), "nodes.revenue.formula"),
    "formula with full-width digits": (setting("nodes.0.formula", "orders * ２"), "nodes.revenue.formula"),
    "formula that is SQL": (
        setting("nodes.0.formula", "orders; SELECT 1 --"),
        "nodes.revenue.formula",
    ),
    "formula nested too deeply": (
        setting("nodes.0.formula", "(" * 4000 + "orders" + ")" * 4000),
        "nodes.revenue.formula",
    ),
    "formula too long": (wide_formula, "nodes.revenue.formula"),
    "formula over a node that is no child": (
        lambda d: d["links"].pop(1),
        "nodes.revenue.formula",
    ),
    "formula source without a formula": (setting("nodes.0.formula", None), "nodes.revenue.formula"),
    "missing dataset": (
        lambda d: d["nodes"].__setitem__(1, metric_node()),
        "nodes.orders.metric.dataset_uuid",
    ),
    "dataset uuid that is none": (
        lambda d: d["nodes"].__setitem__(1, metric_node(dataset_uuid="1 OR 1=1")),
        "nodes.orders.metric.dataset_uuid",
    ),
    "filter with a clause of its own": (
        lambda d: d["nodes"].__setitem__(
            1,
            metric_node(filters=[{"expressionType": "SQL", "clause": "HAVING", "sqlExpression": "1=1"}]),
        ),
        "nodes.orders.metric.filters.0.clause",
    ),
    "filter with an unknown operator": (
        lambda d: d["nodes"].__setitem__(
            1,
            metric_node(
                filters=[
                    {"expressionType": "SIMPLE", "subject": "a", "operator": "SOUNDS LIKE", "comparator": 1}
                ]
            ),
        ),
        "nodes.orders.metric.filters.0.operator",
    ),
    "filter with a number that no float holds": (
        lambda d: d["nodes"].__setitem__(
            1,
            metric_node(
                filters=[
                    {"expressionType": "SIMPLE", "subject": "a", "operator": "==", "comparator": 10**400}
                ]
            ),
        ),
        "nodes.orders.metric.filters.0.comparator",
    ),
    "target metric on a missing dataset": (
        setting("nodes.2.target_metric", TARGET_METRIC),
        "nodes.value.target_metric.dataset_uuid",
    ),
    "target metric beside targets of the whole": (
        setting("nodes.1.target_metric", TARGET_METRIC),
        "nodes.orders.target_metric",
    ),
    "target metric for a band": (
        lambda d: d["nodes"][2].update(direction="maintain", target_metric=TARGET_METRIC),
        "nodes.value.target_metric",
    ),
    "target metric without its metric": (
        setting("nodes.2.target_metric", {"dataset_uuid": str(uuid4())}),
        "nodes.value.target_metric.metric_name",
    ),
    "target metric that is text": (setting("nodes.2.target_metric", "plan"), "nodes.value.target_metric"),
    "target metric that says what no row means": (
        setting("nodes.2.target_metric", {**TARGET_METRIC, "empty": "zero"}),
        "nodes.value.target_metric.empty",
    ),
    "target metric with a clause of its own": (
        setting(
            "nodes.2.target_metric",
            {
                **TARGET_METRIC,
                "filters": [{"expressionType": "SQL", "clause": "HAVING", "sqlExpression": "1=1"}],
            },
        ),
        "nodes.value.target_metric.filters.0.clause",
    ),
    "the mask of nothing": (
        setting("nodes.2.target_metric", {"restricted": True}),
        "nodes.value.target_metric.restricted",
    ),
    "a pace profile that is none": (setting("nodes.1.pace_profile", "by_moon"), "nodes.orders.pace_profile"),
    "holidays of no country": (setting("holidays", "XX"), "holidays"),
    "holidays in small letters": (setting("holidays", "de"), "holidays"),
    "holidays of no part of a country": (setting("holidays", "DE-XX"), "holidays"),
    "holidays with half a part": (setting("holidays", "DE-"), "holidays"),
    "holidays of nowhere": (setting("holidays", ""), "holidays"),
    "holidays of 10,000 characters": (setting("holidays", "D" * 10_000), "holidays"),
    "holidays with NUL": (setting("holidays", "DE\x00"), "holidays"),
    "holidays as a list": (setting("holidays", ["2026-01-01"]), "holidays"),
    "holidays as an attribute of the package": (setting("holidays", "__class__"), "holidays"),
    "shifted formula": (setting("nodes.0.shift", 1), "nodes.revenue.shift"),
    "periods of a monthly tree": (
        setting("periods", [{"name": "Sprint 1", "start": "2026-10-01", "end": "2026-10-15"}]),
        "periods",
    ),
    "overlapping periods": (
        lambda d: d.update(
            grain="custom",
            periods=[
                {"name": "a", "start": "2026-10-01", "end": "2026-10-15"},
                {"name": "b", "start": "2026-10-14", "end": "2026-10-30"},
            ],
        ),
        "periods.1.start",
    ),
    "owner who is nobody": (setting("owners", [424242]), "owners.0"),
    "node owner who is nobody": (setting("nodes.1.owner", {"id": 424242}), "nodes.orders.owner"),
    "owner as text": (setting("owners", ["admin"]), "owners.0"),
    "influence on a node to maintain without its sign": (
        lambda d: (
            d["nodes"].append(node("rate", direction="maintain", accumulation="rate")),
            d["links"].append(link("revenue", "rate")),
        ),
        "links.2.expected_sign",
    ),
    "a version larger than any column": (setting("version", 10**30), "version"),
}


def rows(app: Flask) -> list[int]:
    from superset.extensions import db

    from superset_kpi_plugin import models

    with app.app_context():
        tables = (models.KpiTree, models.KpiNode, models.KpiLink, models.KpiTarget, models.KpiManualValue)
        return [db.session.query(table).count() for table in tables]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_by_name_and_nothing_is_saved(
    name: str, app: Flask, client_as: Callable[[str], Client]
) -> None:
    change, field = HOSTILE[name]
    document = small_tree()
    change(document)
    before = rows(app)
    client = client_as("admin")
    answer = client.post(ROUTE, data=json.dumps(document), content_type="application/json")
    assert answer.status_code == 422, answer.json
    assert list(answer.json) == ["message"]
    assert field in answer.json["message"], answer.json
    assert all(text for texts in answer.json["message"].values() for text in texts)
    assert rows(app) == before


@pytest.mark.parametrize(("language", "letter"), [("ja", "[\u3040-\u30ff\u4e00-\u9fff]"), ("vi", "[À-ỹ]")])
def test_every_refusal_is_in_the_viewers_language(
    language: str, letter: str, client_as: Callable[[str], Client]
) -> None:
    client = client_as("admin")
    client.get(f"/lang/{language}")
    english = {}
    for name, (change, _field) in HOSTILE.items():
        document = small_tree()
        change(document)
        answer = client.post(ROUTE, data=json.dumps(document), content_type="application/json")
        texts = [text for texts in answer.json["message"].values() for text in texts]
        english[name] = [text for text in texts if not re.search(letter, text)]
    assert {name: texts for name, texts in english.items() if texts} == {}


def test_a_cycle_is_named(client_as: Callable[[str], Client]) -> None:
    document = small_tree()
    document["links"].append(link("value", "revenue"))
    message = client_as("admin").post(ROUTE, json=document).json["message"]["links"][0]
    assert "revenue → value → revenue" in message or "value → revenue → value" in message


def test_everything_that_is_wrong_is_told_at_once(client_as: Callable[[str], Client]) -> None:
    document = small_tree()
    document["nodes"][0]["formula"] = "orders +"
    document["nodes"][1]["direction"] = "maintain"
    document["links"].append(link("revenue", "nowhere"))
    answer = client_as("admin").post(ROUTE, json=document)
    assert set(answer.json["message"]) >= {
        "nodes.revenue.formula",
        "nodes.orders.targets.0.lower",
        "links.2.child",
    }


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[]", "application/json", 422),
        ("null", "application/json", 422),
        ("name=x", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_body_that_is_no_document_is_refused(
    body: str, content_type: str, status: int, client_as: Callable[[str], Client]
) -> None:
    answer = client_as("admin").post(ROUTE, data=body, content_type=content_type)
    assert answer.status_code == status, answer.json
    assert list(answer.json) == ["message"]


@pytest.mark.parametrize("body", ["{", "", '{"history": ' + "9" * 5000 + "}", b'{"a": "\xff"}'])
def test_a_body_that_is_no_json_is_told_to_be_none(
    client_as: Callable[[str], Client], body: str | bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client_as("admin").request("POST", f"{ROUTE}preview", data=body, headers=headers)
    assert (answer.status_code, "no JSON" in answer.json["message"]) == (400, True), answer.json


def test_a_condition_nested_too_deeply_is_told_at_its_field(
    app: Flask, client_as: Callable[[str], Client], tmp_path: Path
) -> None:
    """It blanked the whole preview, with the words that the JSON is nested too deeply."""
    facts.write(tmp_path / "sales.db")
    with app.app_context():
        uuid = facts.register(tmp_path / "sales.db")
    condition = {"expressionType": "SQL", "sqlExpression": "NOT " * 2400 + "1 = 1"}
    reading = {"dataset_uuid": uuid, "metric_name": "amount", "filters": [condition]}
    document = small_tree(nodes=[node("goal", source="metric", metric=reading)], links=[])
    path = "nodes.goal.metric.filters.0.sqlExpression"
    client = client_as("admin")
    told = ["Write one SQL condition, such as amount > 10."]
    assert client.post(ROUTE, json=document).json["message"] == {path: told}
    preview = client.post(f"{ROUTE}preview", json={"document": document})
    assert (preview.status_code, preview.json["result"]["errors"]) == (200, {path: told})


def test_a_large_tree_is_welcome(client_as: Callable[[str], Client]) -> None:
    """The limits keep out nonsense, not big organisations: 1,000 nodes in 40 levels."""
    keys = [f"n{index}" for index in range(1000)]
    document = small_tree(
        nodes=[formula_node("n0", "n1 + n2"), *(node(key) for key in keys[1:])],
        links=[link(keys[max(0, (index - 1) // 25 * 2)], keys[index]) for index in range(1, 1000)],
    )
    answer = client_as("admin").post(ROUTE, json=document)
    assert answer.status_code == 201, answer.json
