"""The tree that a saved metric's SQL implies, on datasets made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client

ROUTE = "/api/v1/kpi_tree/"
Implied = Callable[..., dict[str, Any]]


@pytest.fixture
def implied(app: Flask, client_as: Callable[[str], Client], tmp_path: Path) -> Implied:
    """`implied("rate", rate="SUM(a) / SUM(b)", a="SUM(a)")` proposes a tree from one of these metrics."""

    def propose(name: str, **metrics: str) -> dict[str, Any]:
        from superset.connectors.sqla.models import SqlaTable, SqlMetric
        from superset.extensions import db

        with app.app_context():
            uuid = facts.register(tmp_path / "facts.db", "shop")
            dataset = db.session.query(SqlaTable).filter_by(uuid=uuid).one()
            dataset.metrics = []
            db.session.flush()
            dataset.metrics = [
                SqlMetric(metric_name=key, expression=sql, verbose_name=None) for key, sql in metrics.items()
            ]
            db.session.commit()
        body = {"metric": {"dataset_uuid": uuid, "metric_name": name}}
        answer = client_as("admin").post(f"{ROUTE}propose/", json=body)
        assert answer.status_code == 200, answer.json
        made = client_as("admin").post(ROUTE, json=answer.json["result"]["document"])
        assert made.status_code == 201, made.json
        return answer.json["result"]

    return propose


def nodes(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["key"]: node for node in result["document"]["nodes"]}


def formulas(result: dict[str, Any]) -> dict[str, str]:
    return {key: node["formula"] for key, node in nodes(result).items() if node["formula"]}


def test_what_is_not_saved_yet_is_left_open_with_its_sql(implied: Implied) -> None:
    result = implied(
        "margin",
        margin="(SUM(amount) - SUM(missing)) / NULLIF(SUM(amount), 0)",
        revenue="SUM(amount)",
    )
    assert formulas(result) == {"margin": "(revenue - sum_missing) / revenue"}
    lacking = nodes(result)["sum_missing"]
    assert (lacking["source"], lacking["metric"]) == ("metric", None)
    assert lacking["description"] == (
        "No saved metric of the dataset shop is this yet. Save one with the SQL: SUM(missing)"
    )
    assert lacking["direction"] == "decrease"
    assert nodes(result)["revenue"]["direction"] == "increase"
    assert result["proposals"]["sum_missing"] == []
    assert [row["metric_name"] for row in result["proposals"]["revenue"]] == ["revenue"]


def test_a_child_that_is_a_saved_metric_is_taken_apart_itself(implied: Implied) -> None:
    result = implied(
        "profit_per_row",
        profit_per_row="(SUM(amount) - SUM(missing)) / COUNT(*)",
        profit="SUM(amount)-SUM(missing)",
        amount="SUM(amount)",
        missing="SUM(missing)",
        rows="COUNT(*)",
    )
    assert formulas(result) == {"profit_per_row": "profit / rows", "profit": "amount - missing"}
    assert {node["metric"]["metric_name"] for node in nodes(result).values()} == set(nodes(result))


@pytest.mark.parametrize(
    ("sql", "formula"),
    [
        ("SUM(a) - (SUM(b) - SUM(c))", "a - (b - c)"),
        ("SUM(a) - SUM(b) - SUM(c)", "a - b - c"),
        ("SUM(a) / (SUM(b) * SUM(c))", "a / (b * c)"),
        ("SUM(a) / SUM(b) * SUM(c)", "a / b * c"),
        ("SUM(a) * (SUM(b) + SUM(c))", "a * (b + c)"),
        ("(SUM(a) + SUM(a)) * 2", "(a + a) * 2"),
        ("1 - SUM(a) / SUM(b)", "1 - a / b"),
        ("-SUM(a) + SUM(b)", "0 - a + b"),
    ],
)
def test_brackets_stand_where_they_must(implied: Implied, sql: str, formula: str) -> None:
    result = implied("root", root=sql, a="SUM(a)", b="SUM(b)", c="SUM(c)")
    assert formulas(result) == {"root": formula}


@pytest.mark.parametrize(
    ("sql", "filters", "empty"),
    [
        ("SUM(CASE WHEN region = 'North' THEN amount END)", ("region", "==", "North"), "missing"),
        ("SUM(CASE WHEN region = 'North' THEN amount ELSE 0 END)", ("region", "==", "North"), "zero"),
        ("SUM(amount) FILTER (WHERE region IN ('N', 'S'))", ("region", "IN", ["N", "S"]), "missing"),
        ("SUM(CASE WHEN region LIKE 'N%' THEN amount END)", "region LIKE 'N%'", "missing"),
    ],
)
def test_a_condition_is_a_filter_on_the_metric_over_all_rows(
    implied: Implied, sql: str, filters: Any, empty: str
) -> None:
    result = implied("share", share=f"{sql} / SUM(amount)", amount="SUM(amount)")
    part = nodes(result)[formulas(result)["share"].split(" / ")[0]]
    (found,) = part["metric"]["filters"]
    told = found.get("sqlExpression") or (found["subject"], found["operator"], found["comparator"])
    assert (told, part["metric"]["empty"], part["metric"]["metric_name"]) == (filters, empty, "amount")


def test_a_mean_is_a_sum_by_a_count_and_the_count_of_all_rows_is_only_proposed(implied: Implied) -> None:
    result = implied("mean", mean="AVG(amount)", amount="SUM(amount)", rows="COUNT(*)")
    assert formulas(result) == {"mean": "amount / count_amount"}
    assert nodes(result)["count_amount"]["metric"] is None
    (found,) = result["proposals"]["count_amount"]
    assert (found["metric_name"], found["why"]) == (
        "rows",
        "It counts every row, also where amount is empty.",
    )


def test_other_metrics_that_cannot_be_read_are_passed_over(implied: Implied) -> None:
    result = implied("rate", rate="SUM(a) / SUM(b)", jinja="SUM({{ x }})", odd="SUM((", a="SUM(a)")
    assert formulas(result) == {"rate": "a / sum_b"}


def test_of_two_metrics_the_one_that_is_not_rounded_is_linked(implied: Implied) -> None:
    result = implied("rate", rate="SUM(a) / SUM(b)", rounded="ROUND(SUM(a))", exact="SUM(a)")
    assert formulas(result) == {"rate": "exact / sum_b"}


@pytest.mark.parametrize("sql", ["SUM({{ column }}) / SUM(b)", "MAX(a)", "+".join(["SUM(a)"] * 500)])
def test_what_is_no_arithmetic_stays_a_goal_alone(implied: Implied, sql: str) -> None:
    result = implied("goal", goal=sql)
    assert list(nodes(result)) == ["goal"]
    assert result["note"]


def test_names_in_any_script_get_keys(implied: Implied) -> None:
    result = implied("率", **{"率": "SUM(a) / SUM(b)", "売上": "SUM(a)", "2nd — metric": "SUM(b)"})
    assert [node["name"] for node in result["document"]["nodes"]] == ["率", "売上", "2nd — metric"]
    assert list(nodes(result)) == ["kpi", "kpi_2", "nd_metric"]


def balanced(levels: int, names: Iterator[int]) -> str:
    if not levels:
        return f"SUM(a{next(names)})"
    return f"({balanced(levels - 1, names)} + {balanced(levels - 1, names)})"


MUCH = {
    "a divisor out of range": "SUM(amount) / " + "9" * 5000,
    "a factor out of range": "SUM(amount) * " + "9" * 400 + " + COUNT(*)",
    "a condition out of range": f"SUM(CASE WHEN amount = {'9' * 5000} THEN amount END) / COUNT(*)",
    "a long condition": f"SUM(CASE WHEN region LIKE '{'x' * 20_000}' THEN amount END) / COUNT(*)",
    "a long formula": balanced(11, count()),
}


@pytest.mark.parametrize("sql", MUCH.values(), ids=MUCH)
def test_more_than_a_document_holds_stays_a_goal_alone(implied: Implied, sql: str) -> None:
    result = implied("much", much=sql, amount="SUM(amount)")
    assert nodes(result)["much"]["metric"]["metric_name"] == "much"
