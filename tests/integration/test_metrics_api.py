"""The metrics that a node may be linked to: found by words, and only those of datasets one may read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.support import facts, people
from tests.support.client import Client

ROUTE = "/api/v1/kpi_tree/metrics/"
ClientAs = Callable[[str | None], Client]


def listed(client: Client, q: str = "()") -> Any:
    answer = client.get(f"{ROUTE}?q={q}")
    assert answer.status_code == 200, answer.json
    return answer.json


def names(found: Any) -> list[tuple[str, str]]:
    return [(row["dataset"], row["metric_name"]) for row in found["result"]]


@pytest.fixture
def datasets(app: Flask, tmp_path: Path) -> list[str]:
    """`sales` and `hush_hush`; the writer `half` may read the first, `owner` owns the second."""
    for table in ("sales", "hush_hush"):
        facts.write(tmp_path / f"{table}.db", table)
    with app.app_context():
        from superset.connectors.sqla.models import SqlaTable
        from superset.extensions import db, security_manager

        uuids = [facts.register(tmp_path / f"{table}.db", table) for table in ("sales", "hush_hush")]
        people.add_reader("half", uuids[:1])
        people.add_reader("owner", [])
        for name in ("half", "owner"):
            role = security_manager.find_role(f"{name}'s role")
            role.permissions.append(security_manager.find_permission_view_menu("can_write", "KpiTree"))
        hidden = db.session.query(SqlaTable).filter_by(table_name="hush_hush").one()
        hidden.owners = [security_manager.find_user("owner")]
        sales = db.session.query(SqlaTable).filter_by(table_name="sales").one()
        amount = next(metric for metric in sales.metrics if metric.metric_name == "amount")
        amount.verbose_name = "Amount 100% sold"
        amount.description = "All that was paid"
        amount.d3format = "$,.0f"
        amount.warning_text = "Without tax"
        amount.extra = json.dumps({"certification": {"certified_by": "Finance", "details": "Closed books"}})
        db.session.commit()
    return uuids


def test_a_metric_tells_what_one_chooses_by(datasets: list[str], client_as: ClientAs) -> None:
    found = listed(client_as("half"), f"(dataset_uuid:'{datasets[0]}',search:amount)")
    (row,) = found["result"]
    assert found["count"] == 1
    assert None not in (row.pop("dataset_id"), row.pop("changed_on"))
    assert row == {
        "dataset_uuid": datasets[0],
        "dataset": "sales",
        "schema": None,
        "database": "facts sales",
        "metric_name": "amount",
        "label": "Amount 100% sold",
        "description": "All that was paid",
        "expression": "SUM(amount)",
        "d3format": "$,.0f",
        "currency": None,
        "certified_by": "Finance",
        "certification_details": "Closed books",
        "warning": "Without tax",
        "main_time_column": "day",
        "time_columns": ["day"],
    }


@pytest.mark.usefixtures("datasets")
@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("AMOUNT", ["amount"]),
        ("paid", ["amount"]),
        ("100%25", ["amount"]),
        ("paid sales", ["amount"]),
        ("sales custom", ["customers"]),
        ("paid nowhere", []),
        ("a_ount", []),
        ("o", ["amount", "broken", "customers", "rows"]),
    ],
)
def test_every_word_of_a_search_is_found_somewhere(
    client_as: ClientAs, search: str, expected: list[str]
) -> None:
    found = listed(client_as("half"), f"(search:'{search}',order_column:metric_name)")
    assert [name for _dataset, name in names(found)] == expected
    assert found["count"] == len(expected)


def test_only_datasets_that_one_may_read_are_told(datasets: list[str], client_as: ClientAs) -> None:
    half = listed(client_as("half"), "(page_size:200)")
    assert {dataset for dataset, _name in names(half)} == {"sales"}
    assert half["count"] == len(facts.METRICS)
    admin = listed(client_as("admin"), "(page_size:200)")
    assert {"sales", "hush_hush", "demo_orders"} <= {dataset for dataset, _name in names(admin)}
    owner = listed(client_as("owner"), "(page_size:200)")
    assert {dataset for dataset, _name in names(owner)} == {"hush_hush"}
    hidden, unknown = (
        listed(client_as("half"), f"(dataset_uuid:'{uuid}')") for uuid in (datasets[1], uuid4())
    )
    assert hidden == unknown == {"count": 0, "result": []}


def test_the_dataset_of_trees_is_nothing_to_link_to(client_as: ClientAs) -> None:
    found = listed(client_as("admin"), "(page_size:200)")
    assert "KPI trees" not in {dataset for dataset, _name in names(found)}


@pytest.mark.usefixtures("datasets")
def test_pages_follow_each_other_in_order(client_as: ClientAs) -> None:
    half = client_as("half")
    whole = names(listed(half, "(order_column:metric_name,order_direction:desc)"))
    assert whole == sorted(whole, reverse=True)
    pages = [
        names(listed(half, f"(order_column:metric_name,order_direction:desc,page:{page},page_size:3)"))
        for page in range(4)
    ]
    assert [row for page in pages for row in page] == whole
    assert [len(page) for page in pages] == [3, 3, 2, 0]


@pytest.mark.parametrize(
    "q",
    [
        "(order_column:expression)",
        "(page_size:100000)",
        "(page:-1)",
        "(colour:red)",
        "(search:!(",
        "(search:1)",
    ],
)
def test_a_question_that_is_none_is_refused(client_as: ClientAs, q: str) -> None:
    answer = client_as("admin").get(f"{ROUTE}?q={q}")
    assert (answer.status_code, list(answer.json)) == (400, ["message"])


def test_readers_have_nothing_to_link(client_as: ClientAs) -> None:
    assert client_as("gamma").get(ROUTE).status_code == 403
    assert client_as("alpha").get(ROUTE).status_code == 200
