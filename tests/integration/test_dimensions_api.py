"""The columns a tree can be told by, and the SQL that ran: to who may read them, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts, people
from tests.support.client import Client
from tests.support.documents import formula_node, link, node

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str], Client]


@pytest.fixture
def tree(app: Flask, client_as: ClientAs, tmp_path: Path) -> None:
    """goal = open + more + secret; `secret` reads a dataset of its own, which `half` may not read."""
    for table in ("sales", "hush_hush"):
        facts.write(tmp_path / f"{table}.db", table)
    with app.app_context():
        from superset.connectors.sqla.models import TableColumn
        from superset.extensions import db

        uuids = [facts.register(tmp_path / f"{table}.db", table) for table in ("sales", "hush_hush")]
        people.add_reader("half", uuids[:1])
        people.add_reader("none", [])
        for column in db.session.query(TableColumn).filter_by(column_name="customer"):
            if column.table.table_name == "hush_hush":
                column.column_name = "secret_name"
            column.groupby = True
        for column in db.session.query(TableColumn).filter_by(column_name="missing"):
            column.groupby = False
        db.session.commit()
    reads = [("open", uuids[0]), ("more", uuids[0]), ("secret", uuids[1])]
    document = {
        "name": "Shared",
        "slug": "shared",
        "published": True,
        "nodes": [
            formula_node("goal", "open + more + secret"),
            *(
                node(key, source="metric", metric={"dataset_uuid": uuid, "metric_name": "amount"})
                for key, uuid in reads
            ),
        ],
        "links": [link("goal", key) for key, _uuid in reads],
    }
    assert client_as("admin").post(ROUTE, json=document).status_code == 201


def offered(client: Client) -> list[dict[str, Any]]:
    answer = client.get(f"{ROUTE}shared/dimensions")
    assert answer.status_code == 200, answer.json
    columns: list[dict[str, Any]] = answer.json["result"]
    return columns


@pytest.mark.usefixtures("tree")
def test_columns_to_group_by_come_with_how_many_nodes_they_reach(client_as: ClientAs) -> None:
    columns = offered(client_as("admin"))
    told = {one["column"]: (one["nodes"], sorted(one["datasets"])) for one in columns}
    assert told == {
        "amount": (3, ["hush_hush", "sales"]),
        "region": (3, ["hush_hush", "sales"]),
        "customer": (2, ["sales"]),
        "secret_name": (1, ["hush_hush"]),
    }
    assert [one["nodes"] for one in columns] == [3, 3, 2, 1]


@pytest.mark.usefixtures("tree")
def test_columns_of_what_one_may_not_read_are_not_named(client_as: ClientAs) -> None:
    assert {one["column"] for one in offered(client_as("half"))} == {"amount", "region", "customer"}
    assert offered(client_as("none")) == []
    assert client_as("half").get(f"{ROUTE}no-such-tree/dimensions").status_code == 404


def evaluated(client: Client, **body: Any) -> list[dict[str, Any]]:
    answer = client.post(f"{ROUTE}shared/evaluate", json={"as_of": "2026-10-31", **body})
    assert answer.status_code == 200, answer.json
    queries: list[dict[str, Any]] = answer.json["result"]["queries"]
    return queries


@pytest.mark.usefixtures("tree")
def test_the_sql_that_ran_is_told_when_it_is_asked_for(client_as: ClientAs) -> None:
    admin = client_as("admin")
    assert all("sql" not in query for query in evaluated(admin))
    first = evaluated(admin, sql=True, force=True)
    assert {(query["cached"], query["cached_on"]) for query in first} == {(False, None)}
    again = evaluated(admin, sql=True)
    assert all(query["cached"] and query["cached_on"] for query in again)
    assert sorted(query["sql"] for query in again) == sorted(query["sql"] for query in first)
    assert all("SUM(amount)" in query["sql"] for query in again if query["metrics"])


@pytest.mark.usefixtures("tree")
def test_sql_is_for_who_may_view_queries(app: Flask, client_as: ClientAs) -> None:
    half = client_as("half")
    assert all(query["sql"] for query in evaluated(half, sql=True))
    with app.app_context():
        from superset.extensions import db, security_manager

        role = security_manager.find_role("Gamma")
        role.permissions = [one for one in role.permissions if one.permission.name != "can_view_query"]
        db.session.commit()
    assert all("sql" not in query for query in evaluated(half, sql=True))
