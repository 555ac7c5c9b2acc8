"""Proof of links through HTTP: formulas against what was measured, influences by their correlation."""

from __future__ import annotations

import itertools
import json
import math
import random
import statistics
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
AS_OF = "2026-11-05"
Values = Sequence[float | None]


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def first_of(back: int) -> str:
    """The first day of a month, counted back from November 2026."""
    year, index = divmod(2026 * 12 + 10 - back, 12)
    return date(year, index + 1, 1).isoformat()


def months(values: Values) -> list[Any]:
    """Typed-in values of the last closed months, the latest last; None where nobody typed one in."""
    spans = ((first_of(back), first_of(back - 1)) for back in range(len(values), 0, -1))
    return [month(*span, value=value) for span, value in zip(spans, values, strict=True) if value is not None]


def measured(revenue: Values, orders: Values, value: Values) -> dict[str, Any]:
    """A measured revenue with the formula orders × value."""
    leaves = [node("orders", manual_values=months(orders)), node("value", manual_values=months(value))]
    goal = node("revenue", formula="orders * value", manual_values=months(revenue))
    links = [link("revenue", "orders"), link("revenue", "value", order=1)]
    return {"name": "Measured", "slug": "measured", "nodes": [goal, *leaves], "links": links}


def hypothesis(parent: Values, child: Values, direction: str = "increase", **fields: Any) -> dict[str, Any]:
    """A goal that a child should move."""
    nodes = [
        node("goal", manual_values=months(parent)),
        node("child", manual_values=months(child), direction=direction),
    ]
    links = [link("goal", "child", **fields)]
    return {"name": "Hypothesis", "slug": "hypothesis", "nodes": nodes, "links": links}


def not_json(text: str) -> float:
    raise AssertionError(f"{text} is no JSON")


def proved(client: Client, document: Any, **body: Any) -> Any:
    assert client.post(ROUTE, json=document).status_code == 201
    answer = client.post(f"{ROUTE}{document['slug']}/proof", json={"as_of": AS_OF, **body})
    assert answer.status_code == 200, answer.json
    return json.loads(answer.get_data(as_text=True), parse_constant=not_json)["result"]


def component(client: Client, document: Any, **body: Any) -> Any:
    result = proved(client, document, **body)
    assert result["influences"] == []
    (row,) = result["components"]
    return row


def influence(client: Client, document: Any) -> Any:
    result = proved(client, document)
    assert result["components"] == []
    (row,) = result["influences"]
    return row


# --- components -----------------------------------------------------------------------------------


def test_a_formula_that_always_holds_is_proven(admin: Client) -> None:
    result = proved(admin, measured([6, 8, 20, 18], [3, 4, 4, 6], [2, 2, 5, 3]))
    assert (result["tree"]["slug"], result["tree"]["root"], result["tolerance"]) == (
        "measured",
        "revenue",
        0.01,
    )
    assert (result["window"]["name"], result["window"]["as_of"]) == ("2026-10", AS_OF)
    (row,) = result["components"]
    assert (row["parent"], row["children"]) == ("revenue", ["orders", "value"])
    assert (row["verdict"], row["count"], row["median"], row["largest"]) == ("proven", 4, 0, 0)
    assert (row["unexplained"], row["reasons"]) == (0, {})
    assert (row["left_out"], row["reason"]["code"]) == (8, "no_data")
    assert "2025-11-01" in row["reason"]["message"]
    names = [period["name"] for period in row["periods"]]
    assert (len(names), names[0], names[-1]) == (12, "2025-11", "2026-10")
    assert row["periods"][-2] == {
        "name": "2026-09",
        "since": "2026-09-01",
        "until": "2026-10-01",
        "measured": 20,
        "formula": 20,
        "error": 0,
        "unexplained": 0,
        "reasons": {},
        "holds": True,
    }
    unknown = row["periods"][0]
    assert (unknown["measured"], unknown["formula"], unknown["error"]) == (None, None, None)
    assert unknown["holds"] is None
    assert unknown["reasons"]["error"]["code"] == "no_data"


def test_five_percent_off_is_disproven_unless_that_is_tolerated(admin: Client) -> None:
    document = measured([100, 200, 400], [19, 38, 76], [5, 5, 5])
    row = component(admin, document)
    assert (row["verdict"], row["count"], row["left_out"]) == ("disproven", 3, 9)
    assert [row["median"], row["largest"]] == pytest.approx([0.05, 0.05])
    assert row["unexplained"] == 20
    assert [period["unexplained"] for period in row["periods"][-3:]] == [5, 10, 20]
    assert {period["holds"] for period in row["periods"][-3:]} == {False}
    tolerant = component(admin, {**document, "slug": "tolerant"}, tolerance=0.05)
    assert tolerant["verdict"] == "proven"


def test_two_periods_prove_nothing(admin: Client) -> None:
    row = component(admin, measured([6, 8], [3, 4], [2, 2]))
    assert (row["verdict"], row["count"], row["left_out"]) == ("unproven", 2, 10)


def test_nothing_to_compare_says_so(admin: Client) -> None:
    row = component(admin, measured([], [3, 4, 5], [2, 2, 2]))
    assert (row["verdict"], row["count"], row["median"]) == ("unproven", 0, None)
    assert row["reasons"]["median"]["code"] == row["reasons"]["largest"]["code"] == "too_few"
    assert (row["unexplained"], row["reasons"]["unexplained"]["code"]) == (None, "no_data")
    assert row["periods"][-1]["formula"] == 10


@pytest.mark.parametrize(
    ("revenue", "verdict", "median"), [([0, 8, 10], "unproven", 0), ([0, 0, 10], "disproven", None)]
)
def test_an_error_over_a_measured_zero_is_infinite(
    admin: Client, revenue: Values, verdict: str, median: float | None
) -> None:
    row = component(admin, measured(revenue, [3, 4, 5], [2, 2, 2]))
    assert (row["verdict"], row["count"]) == (verdict, 3)
    assert (row["median"], row["largest"]) == (median, None)
    assert row["reasons"]["largest"]["code"] == "infinite_error"
    assert ("median" in row["reasons"]) is (median is None)
    period = row["periods"][-3]
    assert (period["measured"], period["formula"], period["error"]) == (0, 6, None)
    assert (period["unexplained"], list(period["reasons"])) == (-6, ["error"])
    assert period["reasons"]["error"]["code"] == "infinite_error"


def test_a_measured_zero_that_the_formula_gives_is_no_error(admin: Client) -> None:
    row = component(admin, measured([0, 0, 10], [0, 4, 5], [2, 0, 2]))
    assert (row["verdict"], row["largest"]) == ("proven", 0)


def test_as_many_periods_as_asked_for(admin: Client) -> None:
    row = component(admin, measured([1, 6, 8, 10], [3, 3, 4, 5], [2, 2, 2, 2]), periods=3)
    assert (row["verdict"], row["count"], row["left_out"], row["reason"]) == ("proven", 3, 0, None)


def test_a_parent_that_its_formula_defines_has_nothing_to_prove(admin: Client) -> None:
    result = proved(admin, small_tree())
    assert (result["components"], result["influences"]) == ([], [])


@pytest.mark.parametrize(("as_of", "last"), [("2026-10-30", "2026-09"), ("2026-10-31", "2026-10")])
def test_only_closed_periods_are_looked_at(admin: Client, as_of: str, last: str) -> None:
    document = measured([6, 8, 10], [3, 4, 5], [2, 2, 2])
    row = component(admin, document, as_of=as_of)
    assert row["periods"][-1]["name"] == last
    assert row["count"] == (3 if last == "2026-10" else 2)


CUSTOM = {
    "grain": "custom",
    "periods": [
        {"name": f"Sprint {at}", "start": f"2026-0{at}-01", "end": f"2026-0{at}-15"} for at in (3, 4, 5, 6)
    ],
}


def test_custom_periods_are_proved_from_the_gap_behind_them(admin: Client) -> None:
    document = measured([], [], [])
    for item, value in zip(document["nodes"], (6, 3, 2), strict=True):
        spans = [(row["start"], row["end"]) for row in CUSTOM["periods"]]
        item["manual_values"] = [month(*span, value=value) for span in spans]
    row = component(admin, {**document, **CUSTOM}, as_of="2026-05-20")
    assert [period["name"] for period in row["periods"]] == ["Sprint 3", "Sprint 4", "Sprint 5"]
    assert (row["verdict"], row["left_out"]) == ("proven", 0)
    early = admin.post(f"{ROUTE}measured/proof", json={"as_of": "2026-03-05"})
    (row,) = early.json["result"]["components"]
    assert (row["verdict"], row["periods"], row["reason"]) == ("unproven", [], None)
    assert row["reasons"]["unexplained"]["code"] == "too_few"
    nowhere = admin.post(f"{ROUTE}measured/proof", json={"as_of": "2026-02-01"})
    assert (nowhere.status_code, list(nowhere.json["message"])) == (422, ["as_of"])


def test_rows_of_a_database_prove_a_sum(app: Flask, admin: Client, tmp_path: Path) -> None:
    facts.write(tmp_path / "facts.db")
    with app.app_context():
        uuid = facts.register(tmp_path / "facts.db")

    def amount(key: str, *regions: str, **fields: Any) -> Any:
        only = {"expressionType": "SIMPLE", "subject": "region", "operator": "IN", "comparator": [*regions]}
        metric = {"dataset_uuid": uuid, "metric_name": "amount", "filters": [only] if regions else []}
        return node(key, source="metric", metric=metric, **fields)

    document = {
        "name": "Weeks",
        "slug": "weeks",
        "grain": "week",
        "nodes": [amount("all", formula="north + south"), amount("north", "North"), amount("south", "South")],
        "links": [link("all", "north"), link("all", "south", order=1)],
    }
    row = component(admin, document, as_of="2026-10-25", periods=5)
    # Days 1 to 4 and 100 of the day before, 5 to 11, 12 to 18, 19 and 20; South is twice North.
    assert [period["measured"] for period in row["periods"]] == [None, 230, 168, 315, 117]
    assert [period["formula"] for period in row["periods"]] == [None, 230, 168, 315, 117]
    assert (row["verdict"], row["count"], row["left_out"]) == ("proven", 4, 1)
    assert row["reason"]["code"] == "no_data"
    north = [
        {"col": "region", "op": "==", "val": "North"},
        {"col": "nowhere", "op": "==", "val": 1},
    ]
    body = {"as_of": "2026-10-25", "periods": 4, "filters": north}
    result = admin.post(f"{ROUTE}weeks/proof", json=body).json["result"]
    (row,) = result["components"]
    assert [period["measured"] for period in row["periods"]] == [110, 56, 105, 39]
    assert (row["count"], row["left_out"]) == (0, 4)
    assert [missed["nodes"] for missed in result["filters_not_applied"]] == [["all", "north", "south"]]
    assert {query["dataset"] for query in result["queries"]} == {"sales"}


def test_an_open_week_cuts_no_closed_one(app: Flask, admin: Client, tmp_path: Path) -> None:
    facts.write(tmp_path / "facts.db")
    with app.app_context():
        uuid = facts.register(tmp_path / "facts.db")
    metric = {"dataset_uuid": uuid, "metric_name": "amount", "filters": []}
    nodes = [node("all", source="metric", metric=metric, formula="part"), node("part", manual_values=[])]
    document = {"name": "Open", "slug": "open", "grain": "week", "nodes": nodes}
    row = component(admin, {**document, "links": [link("all", "part")]}, as_of="2026-10-20", periods=2)
    assert [period["measured"] for period in row["periods"]] == [168, 315]


# --- influences -----------------------------------------------------------------------------------

NOISE = random.Random(7)
CHILD = [round(NOISE.uniform(50, 150), 3) for _ in range(26)]
FOLLOWS = [100.0, *(round(2 * before + NOISE.uniform(-40, 40), 3) for before in CHILD[:-1])]
"""A parent that follows its child one month later."""


def changes(values: Sequence[float]) -> list[float]:
    return [after - before for before, after in itertools.pairwise(values)]


def chance(correlation: float, count: int) -> float:
    """Two-sided p-value: Student's density over the tail, by Simpson's rule on t = tan(angle)."""
    free = count - 2
    front = math.gamma((free + 1) / 2) / math.sqrt(free * math.pi) / math.gamma(free / 2)
    low = math.atan(abs(correlation) * math.sqrt(free / (1 - correlation**2)))
    steps = 20_000
    width = (math.pi / 2 - low) / steps

    def density(angle: float) -> float:
        if math.cos(angle) < 1e-12:
            return 0.0
        return front * (1 + math.tan(angle) ** 2 / free) ** (-(free + 1) / 2) / math.cos(angle) ** 2

    inner = sum((4 if at % 2 else 2) * density(low + at * width) for at in range(1, steps))
    return 2 * width / 3 * (density(low) + inner + density(math.pi / 2))


def test_a_child_that_moves_its_parent_a_month_later_is_supported(admin: Client) -> None:
    row = influence(admin, hypothesis(FOLLOWS, CHILD, lag=1))
    pairs = changes(CHILD)[:-1], changes(FOLLOWS)[1:]
    expected = statistics.correlation(*pairs)
    assert (row["parent"], row["child"], row["lag"], row["expected_sign"]) == ("goal", "child", 1, "positive")
    assert (row["verdict"], row["count"], row["left_out"], row["reason"]) == ("supported", 24, 0, None)
    assert row["correlation"] == pytest.approx(expected, rel=1e-9)
    assert row["p_value"] == pytest.approx(chance(expected, 24), rel=1e-6)
    assert row["note"] == "Not proof of cause."
    assert row["reasons"] == {}


def test_without_the_lag_the_same_child_shows_something_else(admin: Client) -> None:
    row = influence(admin, hypothesis(FOLLOWS, CHILD))
    expected = statistics.correlation(changes(CHILD)[1:], changes(FOLLOWS)[1:])
    assert (row["lag"], row["count"]) == (0, 24)
    assert row["correlation"] == pytest.approx(expected, rel=1e-9)
    assert row["p_value"] == pytest.approx(chance(expected, 24), rel=1e-6)


@pytest.mark.parametrize(
    ("fields", "sign", "verdict"),
    [
        ({"direction": "decrease"}, "negative", "contradicted"),
        ({"direction": "decrease", "expected_sign": "positive"}, "positive", "supported"),
        ({"expected_sign": "negative"}, "negative", "contradicted"),
    ],
)
def test_the_sign_is_the_links_own_or_follows_from_the_directions(
    admin: Client, fields: Any, sign: str, verdict: str
) -> None:
    row = influence(admin, hypothesis(FOLLOWS, CHILD, lag=1, **fields))
    assert (row["expected_sign"], row["verdict"]) == (sign, verdict)


def test_a_child_that_always_grows_alike_shows_nothing(admin: Client) -> None:
    steady = [5.0 * at for at in range(26)]
    row = influence(admin, hypothesis(FOLLOWS, steady))
    assert (row["verdict"], row["count"]) == ("not_shown", 24)
    assert (row["correlation"], row["p_value"]) == (None, None)
    assert {name: why["code"] for name, why in row["reasons"].items()} == {
        "correlation": "no_variance",
        "p_value": "no_variance",
    }


def test_an_unknown_month_leaves_out_the_changes_into_and_out_of_it(admin: Client) -> None:
    child: list[float | None] = [*CHILD]
    child[20] = None  # May 2026
    row = influence(admin, hypothesis(FOLLOWS, child, lag=1))
    assert (row["count"], row["left_out"], row["reason"]["code"]) == (22, 2, "no_data")
    assert "2026-05-01" in row["reason"]["message"]


def test_two_changes_show_nothing(admin: Client) -> None:
    row = influence(admin, hypothesis([1, 2, 4], [3, 5, 4]))
    assert (row["verdict"], row["count"], row["left_out"]) == ("not_shown", 2, 22)
    assert (row["correlation"], row["p_value"]) == (pytest.approx(-1), None)
    assert row["reasons"]["p_value"]["code"] == "too_few"


def test_a_lag_beyond_all_time_is_no_crash(admin: Client) -> None:
    document = {**hypothesis([1, 2], [3, 5], lag=1000), "grain": "year"}
    row = influence(admin, document)
    assert (row["count"], row["verdict"]) == (0, "not_shown")
    assert row["reasons"]["correlation"]["code"] == "too_few"


def test_a_formula_beside_an_influence_are_both_told(admin: Client) -> None:
    document = measured([6, 8, 10], [3, 4, 5], [2, 2, 2])
    document["nodes"].append(formula_node("mood", "smiles"))
    document["nodes"].append(node("smiles", manual_values=months([1, 5, 3])))
    document["links"] += [link("revenue", "mood", order=2), link("mood", "smiles")]
    result = proved(admin, document)
    assert [(row["parent"], row["children"]) for row in result["components"]] == [
        ("revenue", ["orders", "value"])
    ]
    assert [(row["parent"], row["child"], row["count"]) for row in result["influences"]] == [
        ("revenue", "mood", 2)
    ]


def test_the_note_is_in_the_viewers_language(admin: Client) -> None:
    assert admin.get("/lang/ja").status_code == 302
    assert influence(admin, hypothesis([1, 2], [1, 2]))["note"] == "因果関係の証明ではありません。"


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"period": "2026-10"}, "period"),
        ({"time_range": "Last year"}, "time_range"),
        ({"overrides": {}}, "overrides"),
        ({"tolerance": 0}, "tolerance"),
        ({"tolerance": 1.5}, "tolerance"),
        ({"tolerance": "0.1"}, "tolerance"),
        ({"periods": 0}, "periods"),
        ({"periods": 121}, "periods"),
        ({"periods": 2.5}, "periods"),
        ({"as_of": "soon"}, "as_of"),
    ],
)
def test_a_question_that_means_nothing_is_refused(admin: Client, body: Any, field: str) -> None:
    answer = admin.post(f"{ROUTE}marketing-automation/proof", json=body)
    assert (answer.status_code, list(answer.json["message"])) == (422, [field])


def test_a_reader_may_ask_and_needs_no_token(admin: Client, client_as: Callable[[str], Client]) -> None:
    assert admin.post(ROUTE, json={**small_tree(), "published": True}).status_code == 201
    gamma = client_as("gamma")
    del gamma.headers["X-CSRFToken"]
    assert gamma.post(f"{ROUTE}small-tree/proof", json={}).status_code == 200
