"""The evaluation through HTTP, on a small database whose numbers can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts
from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
NORTH = [
    {
        "expressionType": "SIMPLE",
        "subject": "region",
        "operator": "==",
        "comparator": "North",
        "clause": "WHERE",
    }
]
EAST = [{**NORTH[0], "comparator": "East"}]


@pytest.fixture
def sales(app: Flask, tmp_path: Path) -> str:
    facts.write(tmp_path / "facts.db")
    with app.app_context():
        return facts.register(tmp_path / "facts.db")


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def metric(
    key: str, dataset: str, name: str, filters: Any = (), empty: str = "missing", **fields: Any
) -> Any:
    reading = {"dataset_uuid": dataset, "metric_name": name, "filters": list(filters), "empty": empty}
    return node(key, **{"source": "metric", "metric": reading, **fields})


def star(*leaves: Any, **fields: Any) -> Any:
    """A tree of one manual root and these leaves."""
    links = [link("root", leaf["key"], order=place) for place, leaf in enumerate(leaves)]
    return {"name": "Star", "slug": "star", "nodes": [node("root"), *leaves], "links": links, **fields}


def evaluated(client: Client, document: Any, **body: Any) -> Any:
    made = client.post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    answer = client.post(
        f"{ROUTE}{made.json['result']['uuid']}/evaluate", json={"as_of": "2026-10-31", **body}
    )
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def actuals(result: Any) -> dict[str, Any]:
    return {key: numbers["actual"] for key, numbers in result["nodes"].items() if key != "root"}


def test_typed_in_numbers_roll_up(admin: Client) -> None:
    result = evaluated(admin, small_tree())
    revenue = result["nodes"]["revenue"]
    assert (revenue["actual"], revenue["target"], revenue["attainment"]) == (60, 100, 0.6)
    assert revenue["variance"] == -40
    assert (revenue["score"], revenue["coverage"], revenue["status"]) == (1, 0.5, "off_track")
    assert result["nodes"]["orders"]["attainment"] == 1.25
    assert result["nodes"]["value"]["status"] == "no_target"
    assert result["headline"] == {
        "key": "revenue",
        "disagreement": {"kind": "goal_missed", "goal": 0.6, "drivers": 1, "paced": False},
    }
    assert result["window"] == {
        "since": "2026-10-01",
        "until": "2026-11-01",
        "as_of": "2026-10-31",
        "closed": True,
        "name": "2026-10",
    }
    assert {(row["child"], row["operator"]) for row in result["tree"]["links"]} == {
        ("orders", "*"),
        ("value", "*"),
    }
    assert result["queries"] == []


def test_metrics_of_one_dataset_and_window_are_one_query(admin: Client, sales: str) -> None:
    names = ("amount", "rows", "customers", "average")
    result = evaluated(admin, star(*(metric(name, sales, name) for name in names)))
    assert actuals(result) == {"amount": 630, "rows": 40, "customers": 8, "average": 15.75}
    reads = [query for query in result["queries"] if query["metrics"]]
    assert [(query["metrics"], query["dataset"], query["rows"]) for query in reads] == [
        (sorted(names), "sales", 1)
    ]
    assert {numbers["data_through"] for key, numbers in result["nodes"].items() if key != "root"} == {
        "2026-10-20"
    }


def test_an_open_window_reads_to_the_as_of_day_and_paces_to_the_last_day_with_data(
    admin: Client, sales: str
) -> None:
    target = [month("2026-10-01", "2026-11-01", value=930)]
    document = star(metric("amount", sales, "amount", targets=target))
    early = evaluated(admin, document, as_of="2026-10-10")["nodes"]["amount"]
    assert early["actual"] == 165
    assert early["elapsed"] == pytest.approx(10 / 31)
    assert early["expected"] == pytest.approx(300)
    assert early["pace"] == pytest.approx(0.55)
    assert early["forecast"] == pytest.approx(165 * 3.1)
    late = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-25"}).json["result"]["nodes"]["amount"]
    assert late["actual"] == 630
    assert late["elapsed"] == pytest.approx(20 / 31)


def test_filters_of_nodes_and_of_the_dashboard_meet(admin: Client, sales: str) -> None:
    document = star(metric("all", sales, "amount"), metric("north", sales, "amount", NORTH))
    result = evaluated(admin, document, filters=[{"col": "region", "op": "IN", "val": ["North"]}])
    assert actuals(result) == {"all": 210, "north": 210}
    result = admin.post(
        f"{ROUTE}star/evaluate",
        json={"as_of": "2026-10-31", "filters": [{"col": "region", "op": "IN", "val": ["South"]}]},
    ).json["result"]
    assert actuals(result) == {"all": 420, "north": None}
    assert result["nodes"]["north"]["reason"] == "no_data"


def test_a_filter_on_a_column_that_is_not_there_is_named_with_the_nodes_it_missed(
    admin: Client, sales: str
) -> None:
    filters = [{"col": "country", "op": "==", "val": "Japan"}, {"col": "region", "op": "==", "val": "North"}]
    result = evaluated(admin, star(metric("amount", sales, "amount")), filters=filters)
    assert result["filters_not_applied"] == [
        {"filter": filters[0], "nodes": ["amount", "root"]},
        {"filter": filters[1], "nodes": ["root"]},
    ]
    assert actuals(result) == {"amount": 210}


def test_custom_sql_filters_are_read(admin: Client, sales: str) -> None:
    where = [{"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "amount > 10 OR region = 'South'"}]
    result = evaluated(admin, star(metric("some", sales, "amount", [*where, *NORTH])))
    assert actuals(result) == {"some": 155}


@pytest.mark.parametrize(("empty", "expected"), [("missing", None), ("zero", 0)])
@pytest.mark.parametrize("name", ["amount", "rows"])
def test_filters_that_match_nothing_follow_the_nodes_setting(
    admin: Client, sales: str, name: str, empty: str, expected: float | None
) -> None:
    result = evaluated(admin, star(metric("east", sales, name, EAST, empty)))
    assert result["nodes"]["east"]["actual"] == expected
    assert result["nodes"]["east"]["reason"] == (None if empty == "zero" else "no_data") or expected == 0


@pytest.mark.parametrize("empty", ["missing", "zero"])
def test_a_dataset_without_data_in_the_window_is_missing_whatever_the_setting(
    admin: Client, sales: str, empty: str
) -> None:
    document = star(metric("rows", sales, "rows", empty=empty))
    result = evaluated(admin, document, period="2026-08")
    assert (result["nodes"]["rows"]["actual"], result["nodes"]["rows"]["status"]) == (None, "no_data")


def test_null_text_and_failing_metrics_leave_their_neighbours_alone(admin: Client, sales: str) -> None:
    names = ("amount", "rows", "empty", "text", "broken", "jinja")
    document = star(*(metric(name, sales, name) for name in names))
    result = evaluated(admin, document)
    assert actuals(result) == {**dict.fromkeys(names), "amount": 630, "rows": 40}
    reasons = {key: numbers["reasons"].get("actual") for key, numbers in result["nodes"].items()}
    assert {key: reasons[key]["code"] for key in names[2:]} == {
        "empty": "no_data",
        "text": "error",
        "broken": "error",
        "jinja": "error",
    }
    assert "no_such_column" in reasons["broken"]["message"]
    assert result["nodes"]["broken"]["status"] == "error"


def test_a_filter_that_breaks_takes_down_only_its_own_nodes(admin: Client, sales: str) -> None:
    where = [{"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "no_such_column = 1"}]
    document = star(
        metric("good", sales, "amount"),
        metric("bad", sales, "amount", where),
        metric("worse", sales, "rows", where),
    )
    result = evaluated(admin, document)
    assert actuals(result) == {"good": 630, "bad": None, "worse": None}
    failed = [query for query in result["queries"] if query["error"]]
    assert len(failed) == 2  # the fused query, and the count of rows that shows whose fault it is


def test_stocks_read_the_latest_day_or_everything_before(admin: Client, sales: str) -> None:
    document = star(
        metric("level", sales, "amount", accumulation="stock"),
        metric("held", sales, "amount", accumulation="stock", stock_reading="to_date"),
    )
    result = evaluated(admin, document)
    assert actuals(result) == {"level": 60, "held": 830}
    september = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-31", "period": "2026-09"}).json[
        "result"
    ]
    assert actuals(september) == {"level": 200, "held": 200}


def test_the_latest_day_is_the_datasets_not_the_filtered_rows(admin: Client, sales: str) -> None:
    early = [{"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "day < '2026-10-11'"}]
    document = star(
        metric("gone", sales, "amount", early, accumulation="stock"),
        metric("none", sales, "amount", early, "zero", accumulation="stock"),
    )
    assert actuals(evaluated(admin, document)) == {"gone": None, "none": 0}


def test_a_shifted_node_reads_the_period_before(admin: Client, sales: str) -> None:
    document = {
        "name": "Growth",
        "slug": "growth",
        "nodes": [
            formula_node("growth", "(revenue - revenue_before) / revenue_before", accumulation="rate"),
            metric("revenue", sales, "amount"),
            metric("revenue_before", sales, "amount", shift=1),
        ],
        "links": [link("growth", "revenue"), link("growth", "revenue_before")],
    }
    result = evaluated(admin, document)
    assert actuals(result) == {"growth": 2.15, "revenue": 630, "revenue_before": 200}


def test_growth_compares_as_many_days_as_the_data_has_reached(admin: Client, sales: str) -> None:
    """The rows end on the 20th: on the 25th, 20 days are compared with 20 days."""
    document = star(metric("now", sales, "amount"), metric("before", sales, "amount", shift=1))
    early = evaluated(admin, document, as_of="2026-10-25")
    assert actuals(early) == {"now": 630, "before": None}  # September's only row is its 30th
    closed = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-11-03", "period": "2026-10"}).json[
        "result"
    ]
    assert actuals(closed) == {"now": 630, "before": 200}
    november = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-11-03"}).json["result"]
    assert november["nodes"]["before"]["reason"] == "not_started"


def test_a_range_on_the_nodes_own_time_column_does_not_cut_its_actual(admin: Client, sales: str) -> None:
    item = {"col": "day", "op": "TEMPORAL_RANGE", "val": "2026-10-20 : 2026-10-21"}
    result = evaluated(admin, star(metric("amount", sales, "amount")), filters=[item])
    assert actuals(result) == {"amount": 630}
    assert [row["nodes"] for row in result["filters_not_applied"]] == [["amount", "root"]]
    ignored = {**item, "val": "No filter"}
    plain = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-31", "filters": [ignored]})
    assert plain.json["result"]["filters_not_applied"] == []


def test_a_node_tells_what_its_actual_was_read_from(admin: Client, sales: str) -> None:
    """Its days are those that were read: of a level the latest one, of an earlier period its own."""
    document = star(
        metric("flow", sales, "amount"),
        metric("level", sales, "amount", accumulation="stock"),
        metric("held", sales, "amount", accumulation="stock", stock_reading="to_date"),
        metric("before", sales, "amount", shift=1),
    )
    told = {row["key"]: row["metric"] for row in evaluated(admin, document)["tree"]["nodes"]}
    assert told["root"] is None
    assert {key: row["time_range"] for key, row in told.items() if row} == {
        "flow": "2026-10-01 : 2026-11-01",
        "level": "2026-10-20 : 2026-10-21",
        "held": " : 2026-11-01",
        "before": "2026-09-01 : 2026-10-01",
    }
    flow = told["flow"]
    assert (flow["dataset_uuid"], flow["metric_name"], flow["time_column"]) == (sales, "amount", "day")
    later = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-31", "period": "2026-12"})
    assert later.json["result"]["tree"]["nodes"][1]["metric"]["time_range"] is None


def test_time_ranges_and_periods_choose_the_window(admin: Client, sales: str) -> None:
    document = star(metric("amount", sales, "amount"))
    whole = evaluated(admin, document, time_range="2026-09-01 : 2026-11-01")
    assert (whole["window"]["since"], whole["window"]["until"]) == ("2026-09-01", "2026-11-01")
    assert actuals(whole) == {"amount": 830}

    def window(**body: Any) -> Any:
        answer = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-31", **body})
        return answer.json["result"]["window"] if answer.status_code == 200 else answer.json["message"]

    assert window(time_range="No filter")["name"] == "2026-10"
    assert window(period="2026-09-15")["name"] == "2026-09"
    assert window(time_range="2026-10-30 : ")["until"] == "2026-11-01"
    assert window(time_range="2026-10-01T08:00:00 : 2026-10-02T09:00:00")["until"] == "2026-10-03"
    assert list(window(period="someday")) == ["period"]
    assert list(window(period="2026")) == ["period"]
    assert list(window(time_range="2026-01-01 : 9999-12-31T12:00:00")) == ["time_range"]
    assert list(window(time_range="2026-01-01 : ", as_of="9999-12-31")) == ["time_range"]
    assert list(window(time_range="when pigs fly : later")) == ["time_range"]
    assert list(window(time_range=" : 2026-10-01")) == ["time_range"]
    assert list(window(time_range="2026-10-02 : 2026-10-01")) == ["time_range"]
    assert list(window(period="2026-10", time_range="Last week")) == ["time_range"]
    assert list(window(as_of="yesterday")) == ["as_of"]
    assert list(window(filters=[{"col": "region", "op": "~", "val": 1}])) == ["filters.0.op"]
    assert list(window(filters=[{"col": "region", "op": "IN", "val": []}])) == ["filters.0.val"]
    assert list(window(filters=[{"col": "region", "op": "==", "val": None}])) == ["filters.0.val"]
    assert list(window(filters=[{"col": "day", "op": "TEMPORAL_RANGE", "val": "pigs fly : x"}])) == [
        "filters.0.val"
    ]
    assert list(window(colour="red")) == ["colour"]


def test_a_window_that_has_not_begun_reads_nothing(admin: Client, sales: str) -> None:
    result = evaluated(admin, star(metric("amount", sales, "amount")), period="2026-12")
    assert result["nodes"]["amount"]["status"] == "not_started"
    assert result["queries"] == []


def test_custom_periods_are_found_by_name(admin: Client, sales: str) -> None:
    periods = [{"name": "Sprint", "start": "2026-10-01", "end": "2026-10-11"}]
    document = star(metric("amount", sales, "amount"), grain="custom", periods=periods)
    result = evaluated(admin, document, period="Sprint")
    assert (result["window"]["name"], actuals(result)) == ("Sprint", {"amount": 165})
    outside = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-12-01"})
    assert (outside.status_code, list(outside.json["message"])) == (422, ["as_of"])


def test_the_second_reading_comes_from_the_cache_unless_forced(admin: Client, sales: str) -> None:
    document = star(metric("amount", sales, "amount"))
    evaluated(admin, document)

    def cached(**body: Any) -> set[bool]:
        answer = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-31", **body})
        return {query["cached"] for query in answer.json["result"]["queries"]}

    assert cached() == {True}
    assert cached(force=True) == {False}


def test_a_deleted_dataset_and_a_dropped_column_leave_the_rest_standing(
    app: Flask, admin: Client, sales: str, tmp_path: Path
) -> None:
    facts.write(tmp_path / "other.db", "other_sales")
    with app.app_context():
        other = facts.register(tmp_path / "other.db", "other_sales")
    document = star(
        metric("good", sales, "amount"),
        metric("north", sales, "amount", NORTH),
        metric("gone", other, "amount"),
    )
    assert actuals(evaluated(admin, document)) == {"good": 630, "north": 210, "gone": 630}
    with app.app_context():
        from superset.connectors.sqla.models import SqlaTable, TableColumn
        from superset.extensions import db

        db.session.delete(db.session.query(SqlaTable).filter_by(uuid=other).one())
        table = db.session.query(SqlaTable).filter_by(uuid=sales).one()
        db.session.query(TableColumn).filter_by(table_id=table.id, column_name="region").delete()
        db.session.commit()
    result = admin.post(f"{ROUTE}star/evaluate", json={"as_of": "2026-10-31"}).json["result"]
    assert actuals(result) == {"good": 630, "north": None, "gone": None}
    assert "was deleted" in result["nodes"]["gone"]["reasons"]["actual"]["message"]
    assert "no column region" in result["nodes"]["north"]["reasons"]["actual"]["message"]
    saved = admin.get(f"{ROUTE}star").json["result"]
    renamed = admin.put(f"{ROUTE}star", json={**saved, "name": "Still mine to mend"})
    assert renamed.status_code == 200, renamed.json


@pytest.mark.parametrize(
    "clause",
    ["region = ", "1=1; DROP TABLE sales", "1=1) OR (1=1", "DELETE FROM sales", "region = 'North' --"],
)
def test_a_custom_sql_filter_must_be_one_condition(admin: Client, sales: str, clause: str) -> None:
    where = [{"expressionType": "SQL", "clause": "WHERE", "sqlExpression": clause}]
    answer = admin.post(ROUTE, json=star(metric("some", sales, "amount", where)))
    if answer.status_code == 201:  # a comment is harmless: it ends with its line
        assert "--" in clause
        body = {"as_of": "2026-10-31"}
        assert actuals(admin.post(f"{ROUTE}star/evaluate", json=body).json["result"]) == {"some": 210}
    else:
        assert list(answer.json["message"]) == ["nodes.some.metric.filters.0.sqlExpression"]
