"""The host's own query of a tree chart, as a page sends it that did not wait for the plugin's code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.support.client import Client


@pytest.fixture
def dataset_id(app_context: Flask) -> int:
    from superset_kpi_plugin.sql.dataset import find_dataset

    return find_dataset().id


def asked(client: Client, dataset_id: int, query: Any, viz_type: str) -> Any:
    form_data = {"viz_type": viz_type, "datasource": f"{dataset_id}__table"}
    body = {"datasource": {"id": dataset_id, "type": "table"}, "queries": [query], "form_data": form_data}
    return client.post("/api/v1/chart/data", json=body)


def test_an_early_query_of_a_tree_chart_counts_trees(
    dataset_id: int, client_as: Callable[[str], Client]
) -> None:
    answer = asked(client_as("gamma"), dataset_id, {"metrics": [], "columns": []}, "kpi_tree")
    assert answer.status_code == 200, answer.json
    assert answer.json["result"][0]["data"] == [{"trees": 1}]


def test_other_queries_are_left_as_they_are(dataset_id: int, client_as: Callable[[str], Client]) -> None:
    client = client_as("gamma")
    empty = asked(client, dataset_id, {"metrics": [], "columns": []}, "table")
    assert empty.status_code == 400
    own = asked(client, dataset_id, {"metrics": [], "columns": ["slug"]}, "kpi_tree")
    assert own.json["result"][0]["data"] == [{"slug": "marketing-automation"}]
    nonsense = client.post("/api/v1/chart/data", data="[1", content_type="application/json")
    assert nonsense.status_code == 400
