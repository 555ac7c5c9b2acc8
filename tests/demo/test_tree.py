from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from superset_kpi_plugin.demo.catalogue import CAMPAIGNS
from superset_kpi_plugin.demo.metrics import DATASETS
from superset_kpi_plugin.demo.nodes import BY_KEY, NODES, ROOT
from superset_kpi_plugin.demo.rhythm import add_months
from superset_kpi_plugin.demo.tree import SLUG, tree_document
from superset_kpi_plugin.rollup.formula import parse
from tests.demo.conftest import UNTIL
from tests.demo.oracle import KEYS, MANUAL, ask

DOCUMENT = tree_document(1, UNTIL)
DOCUMENT_NODES: dict[str, dict[str, Any]] = {node["key"]: node for node in DOCUMENT["nodes"]}
CHILDREN: dict[str, list[str]] = {key: [] for key in DOCUMENT_NODES}
for link in DOCUMENT["links"]:
    CHILDREN[link["parent"]].append(link["child"])
WITHOUT_TARGET = {"market_revenue", "company_revenue_before", "new_leads_held_before"}
FROM_DRIVERS = {"new_orders", "new_order_value", "negotiations", "mqls", "new_leads", "repeat_orders"}
SPANS = [
    (date(2025, 1, 1), date(2025, 2, 1)),
    (date(2025, 8, 1), date(2025, 9, 1)),
    (date(2026, 3, 1), date(2026, 4, 1)),
    (date(2026, 9, 1), date(2026, 10, 1)),
    (date(2026, 10, 1), date(2026, 10, 21)),
]


def members(field: str) -> set[Any]:
    return {node[field] for node in DOCUMENT["nodes"]}


def test_one_root_reaches_every_node() -> None:
    linked = {child for children in CHILDREN.values() for child in children}
    assert set(DOCUMENT_NODES) - linked == {ROOT}
    assert DOCUMENT["slug"] == SLUG
    assert len(DOCUMENT_NODES) >= 30


def test_it_reads_every_dataset_of_the_demo() -> None:
    used = {node["metric"]["dataset_uuid"] for node in DOCUMENT["nodes"] if node["metric"]}
    assert used == {dataset.uuid for dataset in DATASETS}


def test_it_shows_each_of_the_closed_sets() -> None:
    assert members("direction") == {"increase", "decrease", "maintain"}
    assert members("accumulation") == {"flow", "stock", "rate"}
    assert members("source") == {"metric", "formula", "manual"}
    assert members("rollup_method") == {"weighted_mean", "worst", "best", "share_on_track"}
    assert members("attainment_method") >= {"ratio", "inverse", "baseline"}
    assert members("stock_reading") == {"latest_day", "to_date"}
    assert members("pace_profile") == {None, "none"}
    assert members("department") == set(DOCUMENT["departments"])
    assert {node["metric"]["empty"] for node in DOCUMENT["nodes"] if node["metric"]} == {"missing", "zero"}
    assert {node["shift"] for node in DOCUMENT["nodes"]} == {0, 1}


def test_a_driver_may_have_two_parents() -> None:
    parents = {key: [parent for parent in CHILDREN if key in CHILDREN[parent]] for key in DOCUMENT_NODES}
    assert {key for key, above in parents.items() if len(above) > 1} >= {
        "new_orders",
        "ad_cost",
        "company_revenue",
    }


def test_formulas_name_children_and_every_operator_is_used() -> None:
    operators = set()
    for node in NODES:
        if node.formula:
            assert set(parse(node.formula)) <= set(CHILDREN[node.key])
            operators |= set("+-*/") & set(node.formula)
    assert operators == set("+-*/")


def test_links_are_told_once_and_influences_on_bands_have_a_sign() -> None:
    pairs = [(link["parent"], link["child"]) for link in DOCUMENT["links"]]
    assert len(set(pairs)) == len(pairs)
    for link in DOCUMENT["links"]:
        component = link["child"] in parse(BY_KEY[link["parent"]].formula or "0 + none")
        directions = {DOCUMENT_NODES[link[end]]["direction"] for end in ("parent", "child")}
        if not component and "maintain" in directions:
            assert link["expected_sign"] in ("positive", "negative")


def test_targets_cover_every_month_to_the_end_of_the_fiscal_year() -> None:
    months = [add_months(date(2024, 10, 1), step) for step in range(30)]
    assert add_months(months[-1], 1) == date(2027, 4, 1)
    spans = [(month.isoformat(), add_months(month, 1).isoformat()) for month in months]
    for key, node in DOCUMENT_NODES.items():
        found = [(target["start"], target["end"]) for target in node["targets"]]
        assert found == ([] if key in WITHOUT_TARGET | FROM_DRIVERS else spans), key


def test_bands_hold_their_target_and_baselines_lie_before_it() -> None:
    for node in DOCUMENT["nodes"]:
        for target in node["targets"]:
            assert (target["lower"] is not None) == (node["direction"] == "maintain")
            if target["lower"] is not None:
                assert target["lower"] <= target["value"] <= target["upper"]
            if target["baseline"] is not None:
                better = target["value"] - target["baseline"]
                assert better > 0 if node["direction"] == "increase" else better < 0


def test_manual_values_are_typed_in_for_the_closed_months() -> None:
    values = DOCUMENT_NODES[MANUAL]["manual_values"]
    assert [value["start"] for value in values] == [
        add_months(UNTIL, -step).isoformat() for step in range(24, 0, -1)
    ]
    assert all(0 < value["value"] < 1 for value in values)


def test_the_document_is_the_same_every_time() -> None:
    assert tree_document(1, UNTIL) == DOCUMENT


def test_the_oracle_knows_every_node() -> None:
    assert set(KEYS) == set(DOCUMENT_NODES)
    assert BY_KEY["summit_applications"].measurement is not None
    assert BY_KEY["summit_applications"].measurement.filters[0]["comparator"] in CAMPAIGNS


@pytest.mark.parametrize(("since", "until"), SPANS, ids=[str(since) for since, _ in SPANS])
@pytest.mark.parametrize("key", [node.key for node in NODES if node.formula])
def test_a_formula_closes_on_the_rows(
    rows: duckdb.DuckDBPyConnection, key: str, since: date, until: date
) -> None:
    formula = parse(BY_KEY[key].formula or "")
    children = {child: ask(rows, child, since, until) for child in formula}
    own = ask(rows, key, since, until)
    if None in children.values():
        assert own is None
        assert key == "market_share"
        assert since == date(2026, 10, 1)
        return
    result = formula.evaluate({child: value for child, value in children.items() if value is not None})
    assert result == pytest.approx(own, rel=1e-12, abs=1e-12)
