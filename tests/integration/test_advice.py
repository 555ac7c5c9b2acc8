"""Findings of a preview: every rule of what to look at while a tree is built (domain, section 11)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import Document, formula_node, link, month, node

ROUTE = "/api/v1/kpi_tree/"
OCTOBER = ("2026-10-01", "2026-11-01")
Change = Callable[[Document], Any]


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def sound_tree() -> Document:
    """revenue = orders × value with everything a goal needs: 20 × 3 against 16 × 5."""
    common = {"unit": "USD", "owner": 1, "department": "Sales"}

    def typed_in(key: str, target: float, value: float, **fields: Any) -> Document:
        rows = {
            "targets": [month(*OCTOBER, value=target)],
            "manual_values": [month(*OCTOBER, value=value)],
        }
        return node(key, **{**common, **rows, **fields})

    return {
        "name": "Sound",
        "nodes": [
            formula_node("revenue", "orders * value", **common),
            typed_in("orders", 16, 20),
            typed_in("value", 5, 3, accumulation="rate", department="Marketing"),
        ],
        "links": [link("revenue", "orders"), link("revenue", "value", order=1)],
    }


def previewed(client: Client, document: Document, **question: Any) -> Any:
    body = {"document": document, "as_of": "2026-10-31", **question}
    answer = client.post(f"{ROUTE}preview", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def findings(client: Client, document: Document, **question: Any) -> list[Any]:
    found: list[Any] = previewed(client, document, **question)["findings"]
    return found


def proof(client: Client, document: Document, **question: Any) -> Any:
    return previewed(client, document, **question)["proof"]


def summed(found: list[Any]) -> set[tuple[str, str, tuple[str, ...], str | None]]:
    return {(row["code"], row["severity"], tuple(row["nodes"]), row["field"]) for row in found}


def test_a_sound_tree_has_no_findings(admin: Client) -> None:
    assert findings(admin, sound_tree(), prove=True) == []


def set_node(index: int, **fields: Any) -> Change:
    return lambda document: document["nodes"][index].update(fields)


def add(*nodes: Document, parent: str = "revenue") -> Change:
    """More nodes, sound in themselves, under one parent."""

    def change(document: Document) -> None:
        for row in nodes:
            sound = {
                **document["nodes"][-1],
                "accumulation": "flow",
                "manual_values": [],
                "department": "Sales",
            }
            document["nodes"].append({**sound, **row})
            if parent:
                document["links"].append(link(parent, row["key"]))

    return change


def chain(document: Document) -> None:
    for above, below in (("orders", "a"), ("a", "b"), ("b", "c"), ("c", "d")):
        add({"key": below, "name": below.title()}, parent=above)(document)


def alone(document: Document) -> None:
    """Only the KGI, typed in."""
    document["nodes"] = [{**document["nodes"][1], "key": "revenue", "name": "Revenue"}]
    document["links"] = []


RULES: dict[str, tuple[Change, set[Any]]] = {
    "a source left open": (
        set_node(1, source="metric", manual_values=[]),
        {("no_source", "blocking", ("orders",), "metric")},
    ),
    "a KGI without a target": (
        lambda d: (alone(d), set_node(0, targets=[])(d)),
        {("no_target", "blocking", ("revenue",), "targets"), ("no_kpis", "warning", ("revenue",), None)},
    ),
    "a KPI without a target, and what follows from it": (
        set_node(1, targets=[]),
        {
            ("no_target", "blocking", ("revenue",), "targets"),
            ("no_target", "warning", ("orders",), "targets"),
        },
    ),
    "a KPI whose target is of another month": (
        lambda d: (
            set_node(1, targets=[month("2026-09-01", "2026-10-01", value=1)])(d),
            set_node(0, targets=[month(*OCTOBER, value=80)])(d),
        ),
        {("no_target", "warning", ("orders",), "targets")},
    ),
    "a target for half the month": (
        lambda d: (
            set_node(1, targets=[month("2026-10-01", "2026-10-15", value=1)])(d),
            set_node(0, targets=[month(*OCTOBER, value=80)])(d),
        ),
        {("target_incomplete", "warning", ("orders",), "targets")},
    ),
    "a band that is missing": (
        lambda d: (
            set_node(1, direction="maintain", targets=[])(d),
            set_node(0, targets=[month(*OCTOBER, value=80)])(d),
        ),
        {("no_target", "warning", ("orders",), "targets")},
    ),
    "no unit": (set_node(1, unit=None), {("no_unit", "warning", ("orders",), "unit")}),
    "no unit but a format that tells it": (set_node(2, unit=None, d3format=",.1%"), set()),
    "no owner": (
        lambda d: (set_node(0, owner=None)(d), set_node(2, owner=None)(d)),
        {("no_owner", "warning", ("revenue", "value"), "owner")},
    ),
    "one department": (
        set_node(2, department="Sales"),
        {("one_department", "hint", ("revenue", "orders", "value"), "department")},
    ),
    "one department, as far as anybody said": (
        lambda d: (set_node(2, department=None)(d), set_node(1, department=None)(d)),
        set(),
    ),
    "all drivers influences": (
        lambda d: alone(d) or add({"key": "orders", "name": "Orders", "department": "Marketing"})(d),
        {("no_arithmetic", "warning", ("revenue",), "formula")},
    ),
    "targets that do not add up": (
        set_node(0, targets=[month(*OCTOBER, value=100)]),
        {("targets_gap", "warning", ("revenue",), "targets")},
    ),
    "targets that do not add up in a month that nobody looks at": (
        lambda d: (
            set_node(0, targets=[month("2026-12-01", "2027-01-01", value=90)])(d),
            d["nodes"][1]["targets"].append(month("2026-12-01", "2027-01-01", value=20)),
            d["nodes"][2]["targets"].append(month("2026-12-01", "2027-01-01", value=5)),
        ),
        {("targets_gap", "warning", ("revenue",), "targets")},
    ),
    "six levels": (
        chain,
        {
            ("too_deep", "hint", ("c", "d"), None),
            ("no_arithmetic", "warning", ("orders", "a", "b", "c"), "formula"),
        },
    ),
    "nine drivers": (
        add(*({"key": f"k{index}", "name": f"K{index}"} for index in range(7))),
        {("too_many_children", "hint", ("revenue",), None)},
    ),
    "KPIs under no KGI": (
        add({"key": "visits", "name": "Visits"}, parent=""),
        {("no_kgi", "blocking", ("visits",), None)},
    ),
    "a KGI without KPIs": (alone, {("no_kpis", "warning", ("revenue",), None)}),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule(admin: Client, name: str) -> None:
    change, expected = RULES[name]
    document = sound_tree()
    change(document)
    found = findings(admin, document)
    assert summed(found) == expected
    assert all(row["message"] and row["todo"] for row in found)


def test_the_most_severe_comes_first_and_names_are_few(admin: Client) -> None:
    document = sound_tree()
    for index in range(5):
        add({"key": f"k{index}", "name": f"K{index}", "owner": None, "targets": []})(document)
    set_node(0, owner=None)(document)
    set_node(1, source="metric", manual_values=[])(document)
    found = findings(admin, document)
    assert [row["severity"] for row in found] == ["blocking", "warning", "warning"]
    assert [row["message"] for row in found] == [
        "Not linked to a metric yet: Orders.",
        "No target for 2026-10: K0, K1, K2 and 2 more.",
        "No owner: Revenue, K0, K1 and 3 more.",
    ]


def test_what_is_refused_is_not_advised_about_besides(admin: Client) -> None:
    document = sound_tree()
    document["nodes"][0]["formula"] = "orders *"
    codes = {row["code"] for row in findings(admin, document)}
    assert codes == {"no_target"}


def test_a_tree_without_a_period_for_today_has_findings_too(admin: Client) -> None:
    document = {**sound_tree(), "grain": "custom"}
    document["nodes"][1].update(owner=None, targets=[])
    answer = admin.post(f"{ROUTE}preview", json={"document": document})
    result = answer.json["result"]
    assert result["evaluation"] is None
    assert summed(result["findings"]) == {
        ("no_owner", "warning", ("orders",), "owner"),
        ("no_target", "warning", ("orders",), "targets"),
    }


# --- what the past says -----------------------------------------------------------------------------


def year(values: Callable[[int], float]) -> list[Document]:
    months = [f"2026-{number:02d}-01" for number in range(1, 11)]
    spans = zip(months, [*months[1:], "2026-11-01"], strict=True)
    return [month(*span, value=values(number)) for number, span in enumerate(spans)]


@pytest.mark.parametrize(
    ("measured", "message"),
    [
        (lambda _month: 60, None),
        (
            lambda _month: 80,
            "Over 10 closed periods the formula of Revenue is off by 25.0% in the median.",
        ),
        (lambda _month: 0, "The formula of Revenue gives something where 0 was measured."),
    ],
)
def test_a_disproven_formula(admin: Client, measured: Callable[[int], float], message: str | None) -> None:
    document = sound_tree()
    set_node(0, source="manual", manual_values=year(measured))(document)
    set_node(1, manual_values=year(lambda _month: 20))(document)
    set_node(2, manual_values=year(lambda _month: 3))(document)
    assert findings(admin, document) == []
    found = findings(admin, document, prove=True)
    expected = set() if message is None else {("formula_disproven", "warning", ("revenue",), "formula")}
    assert summed(found) == expected
    assert [row["message"] for row in found] == ([] if message is None else [message])
    assert proof(admin, document, prove=False) is None
    (row,) = proof(admin, document, prove=True)["components"]
    assert (row["parent"], row["verdict"]) == ("revenue", "disproven" if message else "proven")
    last = row["periods"][-1]
    assert (last["measured"], last["formula"]) == (measured(10), 60)


@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        ("2026-10-25", None),
        ("2026-10-31", None),
        ("2026-11-10", None),
        ("2026-11-25", "No new data for a whole period: Orders (until 2026-10-20)."),
        ("2026-12-10", "No new data for a whole period: Orders."),
    ],
)
def test_a_metric_that_is_not_updated(
    app: Flask, admin: Client, tmp_path: Path, as_of: str, message: str | None
) -> None:
    facts.write(tmp_path / "sales.db")
    with app.app_context():
        uuid = facts.register(tmp_path / "sales.db")
    document = sound_tree()
    metric = {"dataset_uuid": uuid, "metric_name": "amount"}
    set_node(1, source="metric", metric=metric, manual_values=[])(document)
    found = [row for row in findings(admin, document, as_of=as_of) if row["code"] != "no_target"]
    assert [row["message"] for row in found] == ([] if message is None else [message])
    assert summed(found) == (set() if message is None else {("stale", "warning", ("orders",), "metric")})


# --- fixes ----------------------------------------------------------------------------------------


def applied(document: Document, fix: Document) -> Document:
    """The document after one press, as the editor does it."""
    for row in document["nodes"]:
        row.update(fix["nodes"].get(row["key"], {}))
        gone = [(span["start"], span["end"]) for span in fix["without_targets"].get(row["key"], [])]
        row["targets"] = [one for one in row.get("targets", []) if (one["start"], one["end"]) not in gone]
    document["links"] += [link(one["parent"], one["child"]) for one in fix["links"]]
    return document


def fixed(client: Client, document: Document, code: str, label: str) -> set[str]:
    """What is still found after the fix of this name was taken."""
    (finding,) = (row for row in findings(client, document, prove=True) if row["code"] == code)
    (fix,) = (one for one in finding["fixes"] if one["label"] == label)
    return {row["code"] for row in findings(client, applied(document, fix), prove=True)}


def measured_revenue(document: Document) -> None:
    set_node(0, source="manual", manual_values=year(lambda _month: 80))(document)
    set_node(1, manual_values=year(lambda _month: 20))(document)
    set_node(2, manual_values=year(lambda _month: 3))(document)


FIXES: dict[str, tuple[Change, str, str, set[str]]] = {
    "KPIs under no KGI": (
        add({"key": "visits", "name": "Visits"}, parent=""),
        "no_kgi",
        "Put them under the KGI",
        set(),
    ),
    "a formula is there already": (
        set_node(0, source="metric"),
        "no_source",
        "Compute from the formula",
        set(),
    ),
    "nobody answers for it": (set_node(1, owner=None), "no_owner", "Make Admin Tester the owner", set()),
    "a disproven formula": (
        measured_revenue,
        "formula_disproven",
        "Drop the formula and keep the drivers as hypotheses",
        {"no_target", "no_arithmetic"},
    ),
    "targets that do not add up": (
        set_node(0, targets=[month(*OCTOBER, value=100)]),
        "targets_gap",
        "Let the target follow from the drivers",
        set(),
    ),
    "a difference of money is money": (
        lambda d: set_node(0, formula="orders - value", unit=None)(d),
        "no_unit",
        "Take it from the drivers",
        set(),
    ),
}


@pytest.mark.parametrize("name", FIXES)
def test_a_fix_settles_its_finding(admin: Client, name: str) -> None:
    change, code, label, left = FIXES[name]
    document = sound_tree()
    change(document)
    assert fixed(admin, document, code, label) == left


def test_a_product_has_no_unit_of_its_drivers(admin: Client) -> None:
    document = sound_tree()
    set_node(0, unit=None)(document)
    assert [row["fixes"] for row in findings(admin, document)] == [[]]


def test_a_target_that_reaches_beyond_what_the_drivers_have_is_not_taken_away(admin: Client) -> None:
    document = sound_tree()
    set_node(0, targets=[month("2026-10-01", "2026-12-01", value=100)])(document)
    (found,) = findings(admin, document)
    assert (found["code"], found["since"], found["fixes"]) == ("targets_gap", "2026-10-01", [])


def test_owners_of_the_stored_tree_are_offered_too(admin: Client) -> None:
    found = admin.get(f"{ROUTE}related/owners?q=(filter:Alpha)").json["result"]
    alpha = found[0]["value"]
    document = {**sound_tree(), "owners": [alpha]}
    stored = admin.post(ROUTE, json=document).json["result"]
    stored["nodes"][1]["owner"] = None
    (found,) = findings(admin, stored)
    assert [fix["label"] for fix in found["fixes"]] == [
        "Make Admin Tester the owner",
        "Make Alpha Tester the owner",
    ]
    # Whose ids a document names, its sender may not know.
    (found,) = findings(admin, {**stored, "uuid": None})
    assert [fix["label"] for fix in found["fixes"]] == ["Make Admin Tester the owner"]


def test_a_metric_tells_its_unit_to_who_may_read_it(
    app: Flask, client_as: Callable[[str], Client], tmp_path: Path
) -> None:
    facts.write(tmp_path / "sales.db")
    with app.app_context():
        uuid = facts.register(tmp_path / "sales.db")
        facts.say(uuid, "amount", currency={"symbol": "EUR", "symbolPosition": "suffix"})
        facts.say(uuid, "average", d3format=".1%")
    document = sound_tree()
    for index, name in ((1, "amount"), (2, "average")):
        metric = {"dataset_uuid": uuid, "metric_name": name}
        set_node(index, source="metric", metric=metric, manual_values=[], unit=None)(document)
    found = [row for row in findings(client_as("admin"), document) if row["code"] == "no_unit"]
    assert found[0]["fixes"][0]["nodes"] == {"orders": {"unit": "EUR"}, "value": {"d3format": ".1%"}}


def test_targets_are_entered_in_the_period_that_lacks_them(admin: Client) -> None:
    document = sound_tree()
    set_node(1, targets=[])(document)
    assert {row["since"] for row in findings(admin, document)} == {"2026-10-01"}
