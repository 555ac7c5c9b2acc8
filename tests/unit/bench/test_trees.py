"""What is measured is what was asked for: forty metrics, a thousand nodes under two hundred filters."""

from __future__ import annotations

from tests.bench import trees
from tests.bench.data import FACTS


def test_two_million_rows_and_forty_metrics() -> None:
    assert sum(fact.rows for fact in FACTS) == 2_000_000
    tree = trees.forty("forty", "quarter", {fact.name: fact.name for fact in FACTS})
    metrics = {(node["metric"]["dataset_uuid"], node["metric"]["metric_name"]) for node in tree["nodes"]}
    assert len(tree["nodes"]) == len(metrics) == 40


def test_a_thousand_nodes_under_two_hundred_filters() -> None:
    tree = trees.thousand("thousand", "uuid")
    filters = {
        tuple((item["subject"], item["comparator"]) for item in node["metric"]["filters"])
        for node in tree["nodes"]
    }
    assert len(tree["nodes"]) == 1000
    assert len(filters) == 200
    assert len(tree["links"]) == 999
    assert {link["child"] for link in tree["links"]} | {tree["nodes"][0]["key"]} == {
        node["key"] for node in tree["nodes"]
    }
