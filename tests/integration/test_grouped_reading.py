"""Random trees and filters: what grouped statements read is what one statement per node and window reads.

The expected numbers come from SQL written here for each node and window, which a bare driver runs; windows
are worked out here too.
"""

from __future__ import annotations

import math
import random
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import hostile_facts
from tests.support.client import Client
from tests.support.documents import link, node
from tests.support.hostile_facts import KINDS, METRICS, ODD, SIZES, TABLE, Facts, quoted
from tests.support.servers import Postgres

ROUTE = "/api/v1/kpi_tree/"
TREES = 10
"""For each database, 5 to 40 nodes in each, every one read in up to 16 windows."""
DAY = timedelta(days=1)
Window = tuple[date, date]
Condition = tuple[str, tuple[Any, ...]]

ENGINES = {"sqlite": 0, "duckdb": 1000, "postgresql": 7004}
"""With the first seed of each."""


@pytest.fixture
def facts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Facts]:
    some = hostile_facts.rows(seed=20261020)
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("pg_server")
        made = hostile_facts.in_postgresql(server.create_database("hostile"), some)
    else:
        made = {"sqlite": hostile_facts.in_sqlite, "duckdb": hostile_facts.in_duckdb}[request.param](
            tmp_path, some
        )
    yield made
    made.connection.close()


# --- what is asked --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filter:
    """A filter as Superset takes it and as a condition of the oracle's own SQL."""

    column: str | None
    operator: str | None
    value: Any
    sql: str
    parameters: tuple[Any, ...] = ()

    @property
    def adhoc(self) -> dict[str, Any]:
        if self.column is None:
            return {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": self.value}
        return {
            "expressionType": "SIMPLE",
            "clause": "WHERE",
            "subject": self.column,
            "operator": self.operator,
            "comparator": self.value,
        }

    @property
    def query(self) -> dict[str, Any]:
        return {"col": self.column, "op": self.operator, "val": self.value}


def compared(column: str, operator: str, value: Any, sql: str) -> Filter:
    return Filter(column, operator, value, f"{quoted(column)} {sql} ?", (value,))


def listed(column: str, operator: str, values: list[Any]) -> Filter:
    marks = ", ".join("?" * len(values))
    return Filter(column, operator, values, f"{quoted(column)} {operator} ({marks})", tuple(values))


def ranged(column: str, since: date, until: date) -> Filter:
    sql = f"{quoted(column)} >= ? AND {quoted(column)} < ?"
    return Filter(column, "TEMPORAL_RANGE", f"{since} : {until}", sql, (moment(since), moment(until)))


def written(sql: str, plain: str | None = None) -> Filter:
    return Filter(None, None, sql, f"({plain or sql})")


EQUAL: dict[str, list[Any]] = {
    "kind": [*KINDS, *KINDS[:6], *KINDS[:6], "nowhere"],
    ODD: SIZES,
    "level": [0, 1, 2, 3, "4", 5.0, 77],
    "flag": [True, False],
    "person": [1, 2, 3],
}


def equality(luck: random.Random, column: str) -> Filter:
    value = luck.choice(EQUAL[column])
    told = compared(column, "==", value, "=")
    return Filter(column, "==", value, told.sql, (4,)) if value == "4" else told


def other_filter(luck: random.Random) -> Filter:
    return luck.choice(
        [
            listed("kind", "IN", luck.sample(KINDS, 4)),
            listed("kind", "NOT IN", luck.sample(KINDS[:9], 2)),
            listed("level", "IN", [1, 2, luck.randint(3, 9)]),
            compared("level", ">", luck.randint(-1, 4), ">"),
            compared("amount", ">=", luck.choice([10.5, 500, 60000]), ">="),
            compared("kind", "!=", luck.choice(KINDS[:6]), "<>"),
            compared("kind", "LIKE", luck.choice(["N%", "%o%", "100\\%", "nobody%"]), "LIKE"),
            Filter("kind", "IS NULL", None, "kind IS NULL"),
            Filter(ODD, "IS NOT NULL", None, f"{quoted(ODD)} IS NOT NULL"),
            ranged("shipped", date(2026, luck.randint(1, 9), 3), date(2026, 10, luck.randint(1, 20))),
            written("amount > 10 OR level = 2 -- a remark\n", "amount > 10 OR level = 2"),
            written("kind LIKE 'N%' AND kind <> 'a:b'"),
            written("level IN (1, 2) AND kind IS NOT NULL"),
        ]
    )


@dataclass(frozen=True)
class Node:
    key: str
    metric: str
    filters: tuple[Filter, ...] = ()
    empty: str = "missing"
    accumulation: str = "flow"
    stock_reading: str = "latest_day"
    shift: int = 0
    time_column: str | None = None

    @property
    def time(self) -> str:
        return self.time_column or "happened"

    def document(self, dataset: str) -> dict[str, Any]:
        return node(
            self.key,
            source="metric",
            metric={
                "dataset_uuid": dataset,
                "metric_name": self.metric,
                "filters": [one.adhoc for one in self.filters],
                "empty": self.empty,
                "time_column": self.time_column,
            },
            accumulation=self.accumulation,
            stock_reading=self.stock_reading,
            shift=self.shift,
        )


def random_nodes(luck: random.Random) -> list[Node]:
    """Nodes that have some filters in common, as those of a tree do."""
    columns = [luck.sample(sorted(EQUAL), luck.choice([1, 1, 2, 3])) for _ in range(2)]
    others = [(), (), (), (), *((other_filter(luck),) for _ in range(2))]
    times = [None, None, None, luck.choice([None, "shipped"])]
    shifts = [0, 0, 0, luck.choice([0, 1, 2, 12])]
    return [
        Node(
            f"n{index}",
            luck.choice(sorted(METRICS)),
            (*(equality(luck, column) for column in luck.choice([[], *columns])), *luck.choice(others)),
            luck.choice(["missing", "zero"]),
            luck.choice(["flow", "flow", "rate", "stock"]),
            luck.choice(["latest_day", "to_date"]),
            luck.choice(shifts),
            luck.choice(times),
        )
        for index in range(luck.choice([5, 10, 20, 20, 40]))
    ]


@dataclass(frozen=True)
class Question:
    window: Window
    as_of: date
    body: dict[str, Any]
    history: int
    compare: tuple[str, ...]
    filters: tuple[Filter, ...] = field(default=())


def random_question(luck: random.Random) -> Question:
    october, november = month(2026, 10), month(2026, 11)
    window, as_of, chosen = luck.choice(
        [
            (october, date(2026, 10, 20), {}),
            (october, date(2026, 10, 25), {}),
            (october, date(2026, 10, 30), {}),
            (october, date(2026, 10, 31), {}),
            (november, date(2026, 11, 3), {}),
            (month(2026, 9), date(2026, 9, 17), {}),
            (month(2026, 6), date(2026, 10, 20), {"period": "2026-06"}),
            (month(2025, 8), date(2026, 10, 20), {"period": "2025-08"}),
            (
                (date(2026, 3, 10), date(2026, 5, 6)),
                date(2026, 10, 20),
                {"time_range": "2026-03-10 : 2026-05-06"},
            ),
            (
                (date(2026, 9, 29), date(2026, 9, 30)),
                date(2026, 10, 20),
                {"time_range": "2026-09-29 : 2026-09-30"},
            ),
        ]
    )
    history = luck.choice([0, 0, 0, 3, 13])
    compare = luck.choice([(), (), ("previous_period",), ("previous_period", "previous_year")])
    filters = luck.choice(
        [
            (),
            (),
            (),
            (equality(luck, "kind"),),
            (listed("kind", "IN", luck.sample(KINDS, 5)),),
            (ranged("shipped", date(2025, 11, 1), date(2026, 10, 5)), listed("level", "IN", [1, 2, 3])),
            (ranged("happened", date(2026, 1, 1), date(2026, 10, 5)),),
        ]
    )
    body = {
        "as_of": str(as_of),
        "history": history,
        "compare": list(compare),
        "filters": [one.query for one in filters],
        **chosen,
    }
    return Question(window, as_of, body, history, compare, filters)


# --- what must be answered ------------------------------------------------------------------------


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def month(year: int, number: int) -> Window:
    start = date(year, number, 1)
    return start, start + timedelta(days=monthrange(year, number)[1])


def months_back(day: date, count: int) -> date:
    at = day.year * 12 + day.month - 1 - count
    year, number = divmod(at, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def windows_back(window: Window, count: int) -> Window:
    """Whole months go to whole months, other windows keep their day numbers."""
    since, until = window
    if since.day == 1 and until.day == 1:
        return months_back(since, count), months_back(until, count)
    return months_back(since, count), months_back(until - DAY, count) + DAY


def days(window: Window) -> int:
    return (window[1] - window[0]).days


def first_days(window: Window, count: int) -> Window:
    return window[0], min(window[1], window[0] + timedelta(days=count))


@dataclass
class Oracle:
    facts: Facts
    question: Question
    _kept: dict[Any, Any] = field(default_factory=dict)

    def own(self, one: Node) -> Any:
        window, as_of = self.question.window, self.question.as_of
        if as_of >= window[1] - DAY:
            return self.value(one, windows_back(window, one.shift))
        if one.shift == 0:
            return self.value(one, first_days(window, (as_of - window[0]).days + 1))
        return self.value(one, first_days(windows_back(window, one.shift), self.reached(one)))

    def history(self, one: Node) -> list[Any]:
        last = months_back(self.question.window[1] - DAY, 0)
        periods = [month(day.year, day.month) for day in (months_back(last, back) for back in range(60))]
        found = [
            self.own(one)
            if period == self.question.window
            else self.value(one, windows_back(period, one.shift))
            for period in periods[: self.question.history]
        ]
        return found[::-1]

    def compared(self, one: Node, name: str) -> Any:
        earlier = windows_back(self.question.window, 1 if name == "previous_period" else 12)
        shifted = windows_back(earlier, one.shift)
        if self.question.as_of >= self.question.window[1] - DAY:
            return self.value(one, shifted)
        reached = self.reached(one)
        return self.value(one, shifted if reached >= days(earlier) else first_days(shifted, reached))

    def reached(self, one: Node) -> int:
        """How many days of the open window the data has reached by now."""
        since = self.question.window[0]
        last = self.last_day(one.time, since, self.question.as_of + DAY)
        return 0 if last is None else (last - since).days + 1

    def value(self, one: Node, window: Window) -> float | str:
        """The number, or why there is none."""
        since: date | None
        since, until = window
        if since == until:
            return "not_started"
        if one.accumulation == "stock" and one.stock_reading == "latest_day":
            last = self.last_day(one.time, since, until)
            if last is None:
                return "no_data"
            since, until = last, last + DAY
        elif one.accumulation == "stock":
            since = None
        conditions = [self.span(one.time, since, until)]
        conditions += [(told.sql, told.parameters) for told in one.filters]
        for told in self.question.filters:
            if not (told.operator == "TEMPORAL_RANGE" and told.column == one.time):
                conditions.append((told.sql, told.parameters))
        count = self.ask("COUNT(*)", conditions)
        if not count:
            if not self.ask("COUNT(*)", conditions[:1]) or one.empty == "missing":
                return "no_data"
            return 0.0
        number = self.ask(METRICS[one.metric], conditions)
        if isinstance(number, Exception):
            return "error"
        # Superset takes infinities for NULLs.
        return "no_data" if number is None or not math.isfinite(number) else float(number)

    def last_day(self, column: str, since: date, until: date) -> date | None:
        last = self.ask(f"MAX({column})", [self.span(column, since, until)])
        return last if last is None else datetime.fromisoformat(str(last)).date()

    def span(self, column: str, since: date | None, until: date) -> Condition:
        if since is None:
            return f"{column} < ?", (moment(until),)
        return f"{column} >= ? AND {column} < ?", (moment(since), moment(until))

    def ask(self, metric: str, conditions: list[Condition]) -> Any:
        where = " AND ".join(f"({sql})" for sql, _ in conditions)
        values = [value for _, some in conditions for value in some]
        if self.facts.engine == "sqlite":
            values = [str(value) if isinstance(value, datetime) else value for value in values]
        asked = f"SELECT {metric} FROM {TABLE} WHERE {where}", tuple(values)
        if asked not in self._kept:
            try:
                self._kept[asked] = self.facts.ask(*asked)[0]
            except Exception as ex:
                self._kept[asked] = ex
        return self._kept[asked]


# --- the test -------------------------------------------------------------------------------------


def differences(oracle: Oracle, nodes: list[Node], result: dict[str, Any]) -> list[str]:
    """What was answered beside what the oracle says, where they differ."""
    found: list[tuple[str, Any, float | str, Node]] = []
    for one in nodes:
        row = result["nodes"][one.key]
        reason = row["reasons"].get("actual", {}).get("code")
        found.append(("now", reason if row["actual"] is None else row["actual"], oracle.own(one), one))
        if result["history"]:
            numbers = result["history"]["nodes"][one.key]["actual"]
            for number, expected in zip(numbers, oracle.history(one), strict=True):
                found.append(("history", number, expected, one))
        for name, comparison in result["compare"].items():
            found.append((name, comparison["nodes"][one.key]["before"], oracle.compared(one, name), one))
    return [
        f"{what}: {number!r} is not {expected!r}: {one}"
        for what, number, expected, one in found
        if number != (pytest.approx(expected, rel=1e-9) if isinstance(expected, float) else expected)
        # Only for the window itself is every reason told.
        and (what == "now" or number is not None or isinstance(expected, float))
    ]


@pytest.mark.parametrize("facts", ENGINES, indirect=True)
def test_random_trees_read_what_single_statements_read(
    app: Flask, client_as: Callable[[str], Client], facts: Facts
) -> None:
    with app.app_context():
        dataset = hostile_facts.register(facts)
    admin = client_as("admin")
    for seed in range(ENGINES[facts.engine], ENGINES[facts.engine] + TREES):
        luck = random.Random(seed)
        nodes, question = random_nodes(luck), random_question(luck)
        document = {
            "name": f"Tree {seed}",
            "slug": f"tree-{seed}",
            "nodes": [node("root"), *(one.document(dataset) for one in nodes)],
            "links": [link("root", one.key) for one in nodes],
        }
        made = admin.post(ROUTE, json=document)
        assert made.status_code == 201, made.json
        answer = admin.post(f"{ROUTE}tree-{seed}/evaluate", json=question.body)
        assert answer.status_code == 200, answer.json
        result = answer.json["result"]
        wrong = differences(Oracle(facts, question), nodes, result)
        errors = [(query["error"], query["metrics"]) for query in result["queries"] if query["error"]]
        assert "groups did not match" not in str(errors), f"seed {seed}: {errors}"
        assert not wrong, "\n".join([f"seed {seed}: {question.body}", *wrong, *map(str, errors)])
