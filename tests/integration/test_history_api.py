"""The past beside the present: last periods and comparisons in one evaluation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node

ROUTE = "/api/v1/kpi_tree/"


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


@pytest.fixture
def sales(app: Flask, tmp_path: Path) -> str:
    facts.write(tmp_path / "facts.db")
    with app.app_context():
        return facts.register(tmp_path / "facts.db")


def tree(sales: str) -> dict[str, Any]:
    """average = amount / rows, all three measured; costs typed in, the less the better."""

    def measured(key: str, **fields: Any) -> Any:
        metric = {"dataset_uuid": sales, "metric_name": key}
        return node(key, source="metric", metric=metric, **fields)

    months = [("2026-09-01", "2026-10-01"), ("2026-10-01", "2026-11-01")]
    costs = [month(*span, value=value) for span, value in zip(months, (8, 6), strict=True)]
    return {
        "name": "Past",
        "slug": "past",
        "nodes": [
            measured("average", accumulation="rate", formula="amount / rows"),
            measured("amount", targets=[month("2026-09-01", "2026-11-01", value=6100)]),
            measured("rows"),
            node("costs", direction="decrease", manual_values=costs),
        ],
        "links": [link("average", key, order=place) for place, key in enumerate(("amount", "rows", "costs"))],
    }


def evaluated(client: Client, document: Any, **body: Any) -> Any:
    assert client.post(ROUTE, json=document).status_code == 201
    answer = client.post(f"{ROUTE}{document['slug']}/evaluate", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def test_the_last_periods_come_from_one_statement(admin: Client, sales: str) -> None:
    question = {"history": 3, "compare": ["previous_period"], "as_of": "2026-10-31"}
    result = evaluated(admin, tree(sales), **question)
    history = result["history"]
    assert [period["name"] for period in history["periods"]] == ["2026-08", "2026-09", "2026-10"]
    amount = history["nodes"]["amount"]
    assert amount["actual"] == [None, 200, 630]
    assert amount["target"] == [None, 3000, 3100]
    assert amount["attainment"] == [None, pytest.approx(200 / 3000), pytest.approx(630 / 3100)]
    assert amount["reason"][0] == "no_data"
    assert history["nodes"]["average"]["actual"] == [None, 100, 15.75]
    assert history["nodes"]["costs"]["actual"] == [None, 8, 6]
    numbers = [query for query in result["queries"] if query["metrics"]]
    assert [len(query["windows"]) for query in numbers] == [3]
    assert result["nodes"]["amount"]["actual"] == 630


def test_a_comparison_tells_the_change_and_whether_it_is_a_good_one(admin: Client, sales: str) -> None:
    question = {"compare": ["previous_period", "previous_year"], "as_of": "2026-10-31"}
    compare = evaluated(admin, tree(sales), **question)["compare"]
    before = compare["previous_period"]
    assert before["window"]["name"] == "2026-09"
    assert before["nodes"]["amount"] == {
        "before": 200,
        "change": 430,
        "ratio": pytest.approx(2.15),
        "better": True,
        "reason": None,
    }
    assert before["nodes"]["average"]["better"] is False
    assert (before["nodes"]["costs"]["change"], before["nodes"]["costs"]["better"]) == (-2, True)
    year = compare["previous_year"]["nodes"]["amount"]
    assert (year["before"], year["change"], year["reason"]["code"]) == (None, None, "no_data")


def test_an_open_month_is_compared_with_as_many_days_while_its_history_is_whole(
    admin: Client, sales: str
) -> None:
    question = {"history": 2, "compare": ["previous_period"], "as_of": "2026-10-25"}
    result = evaluated(admin, tree(sales), **question)
    # The data ends on the 20th: September is cut to its 20 days, in which it has none.
    assert result["compare"]["previous_period"]["window"]["as_of"] == "2026-09-25"
    assert result["compare"]["previous_period"]["nodes"]["amount"]["before"] is None
    assert result["history"]["nodes"]["amount"]["actual"] == [200, 630]


def test_overrides_hold_in_the_present_only(admin: Client, sales: str) -> None:
    question = {
        "history": 1,
        "compare": ["previous_period"],
        "as_of": "2026-10-31",
        "overrides": {"amount": {"actual": {"value": 1000}}},
    }
    result = evaluated(admin, tree(sales), **question)
    assert result["nodes"]["amount"]["actual"] == 1000
    assert result["history"]["nodes"]["amount"]["actual"] == [630]
    assert result["compare"]["previous_period"]["nodes"]["amount"]["change"] == 800


def test_before_the_first_period_there_is_a_reason_and_no_error(admin: Client) -> None:
    document = {
        "name": "Launch",
        "slug": "launch",
        "grain": "custom",
        "periods": [{"start": "2026-10-01", "end": "2026-11-01", "name": "Launch"}],
        "nodes": [formula_node("all", "one * 2"), node("one")],
        "links": [link("all", "one")],
    }
    question = {"history": 12, "compare": ["previous_period"], "as_of": "2026-10-31"}
    result = evaluated(admin, document, **question)
    assert [period["name"] for period in result["history"]["periods"]] == ["Launch"]
    assert result["compare"]["previous_period"]["window"] is None
    assert result["compare"]["previous_period"]["reason"]["code"] == "no_data"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"history": -1}, "history"),
        ({"history": 61}, "history"),
        ({"history": "many"}, "history"),
        ({"compare": "previous_period"}, "compare"),
        ({"compare": ["yesterday"]}, "compare.0"),
    ],
)
def test_bad_questions_are_refused_by_field(admin: Client, sales: str, body: Any, field: str) -> None:
    assert admin.post(ROUTE, json=tree(sales)).status_code == 201
    answer = admin.post(f"{ROUTE}past/evaluate", json=body)
    assert answer.status_code == 422
    assert list(answer.json["message"]) == [field]


@pytest.mark.parametrize("as_of", ["0001-01-01", "0001-02-01"])
def test_the_first_days_of_the_calendar_have_no_past_and_say_so(
    admin: Client, sales: str, as_of: str
) -> None:
    document = tree(sales)
    document["nodes"][2]["shift"] = 1
    both = ["previous_period", "previous_year"]
    result = evaluated(admin, document, as_of=as_of, compare=both, history=3)
    assert result["nodes"]["rows"]["actual"] is None
    assert result["compare"]["previous_year"]["reason"]["code"] == "no_data"
