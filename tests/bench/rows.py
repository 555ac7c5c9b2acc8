"""The rows of the benchmark: which sides each one compares, and what is required of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench import trees
from tests.bench.clock import Side, interleave, timed
from tests.bench.data import FILTERED
from tests.bench.http import Refused
from tests.bench.sides import Ask, Charts, Evaluate, check_same
from tests.bench.sql import Database
from tests.bench.stand import Stand, Warehouse
from tests.bench.table import Row, at_least, at_most

FORTY_UNCACHED = {"sqlite": 10, "postgresql": 8}
FORTY_CACHED = {"sqlite": 30, "postgresql": 20}
FILTERS = 25
FLOOR = 1.3
HISTORY = {**trees.MONTH, "history": 12, "compare": ["previous_period"]}


@dataclass(frozen=True)
class Bench:
    """Where a row is measured: a stand, a warehouse of it and the same past Superset, and how often."""

    stand: Stand
    warehouse: Warehouse
    database: Database
    runs: int

    @property
    def where(self) -> str:
        return f"{self.warehouse.title}, {self.stand.title}"

    def evaluate(self, tree: str, question: dict[str, object], force: bool = True) -> Evaluate:
        path = self.warehouse.evaluate_path(tree)
        return Evaluate(self.stand.connection(), path, question, force)


def forty(bench: Bench) -> list[Row]:
    """Forty numbers: one request against a request per chart."""
    charts = [
        [Ask(dataset, (metric,), (f"{dataset.fact.name}_{metric}",))]
        for dataset in bench.warehouse.datasets
        for metric in dataset.fact.metrics
    ]
    browser = bench.stand.browser()
    rows: list[Row] = []
    for word, force, bounds in (("uncached", True, FORTY_UNCACHED), ("cached", False, FORTY_CACHED)):
        ours = bench.evaluate("quarterly", trees.QUARTER, force)
        theirs = Charts(browser, charts, trees.QUARTER_RANGE, force)
        ours.anew()  # fills the cache
        theirs.anew()
        check_same(ours.numbers(cached=not force), theirs.numbers(cached=not force))
        one, many = _against(ours, theirs, bench.runs)
        name = f"40 nodes {word}, {bench.where}"
        rows += [
            at_least(f"{name}: evaluate faster than 40 charts", many / one, bounds[bench.stand.metadata]),
            Row("    evaluate", one, "ms"),
            Row("    40 charts, 6 connections", many, "ms"),
        ]
    return rows


def floor(bench: Bench) -> list[Row]:
    """Forty numbers: one request against the SQL that it sends."""
    return _against_floor(bench, "40 nodes uncached", bench.evaluate("quarterly", trees.QUARTER))


def history(bench: Bench) -> list[Row]:
    """Forty numbers with twelve months of history and the month before."""
    name = "40 nodes with 12 months and the previous one"
    try:
        return _against_floor(bench, name, bench.evaluate("monthly", HISTORY))
    except Refused as ex:
        print(f"  {ex}", flush=True)
        return [_floor_row(bench, f"{name}, {bench.where}: evaluate over its own SQL", None)]


def filters(bench: Bench) -> list[Row]:
    """A thousand nodes under two hundred filters: one request against a query per filter."""
    dataset = bench.warehouse.datasets[0]
    asks = [
        Ask(
            dataset,
            FILTERED,
            tuple(trees.filtered_key(number, metric) for metric in FILTERED),
            (("region", region), ("channel", channel)),
        )
        for number, (region, channel) in enumerate(trees.filters())
    ]
    ours = bench.evaluate("filtered", trees.QUARTER)
    browser = bench.stand.browser()
    ways = {
        "200 requests, 6 connections": Charts(browser, [[ask] for ask in asks], trees.QUARTER_RANGE, True),
        "200 queries in one request": Charts(browser, [asks], trees.QUARTER_RANGE, True),
    }
    numbers = ours.numbers(cached=False)
    pilot = {
        name: timed(Side(name, lambda way=way: check_same(numbers, way.numbers(cached=False))))
        for name, way in ways.items()
    }
    fastest = min(pilot, key=lambda name: pilot[name])
    one, many = _against(ours, ways[fastest], bench.runs)

    answers: list[int] = []
    arrived = bench.database.recorded(lambda: answers.append(len(ours.anew()["queries"])))
    if len(arrived) != answers[0]:
        raise AssertionError(f"The answer tells of {answers[0]} queries, the database of {len(arrived)}")
    name = f"1,000 nodes under 200 filters, {bench.where}"
    return [
        at_least(f"{name}: evaluate faster than a query per filter", many / one, FILTERS),
        Row("    evaluate", one, "ms"),
        Row(f"    {fastest}", many, "ms"),
        *(Row(f"    {way}, once", pilot[way], "ms") for way in pilot if way != fastest),
        at_most("    SQL statements for its one dataset", len(arrived), 1, ""),
    ]


def _against(ours: Evaluate, theirs: Charts, runs: int) -> tuple[float, float]:
    one, many = interleave(
        [Side("evaluate", ours, ours.open), Side("charts", theirs, theirs.open)], runs, warm_up=0
    )
    return one, many


def _against_floor(bench: Bench, what: str, ours: Evaluate) -> list[Row]:
    statements = bench.database.recorded(ours.anew)
    one, bare = interleave(
        [
            Side("evaluate", ours, ours.open),
            Side("its SQL", lambda: bench.database.run(statements)),
        ],
        bench.runs,
    )
    return [
        _floor_row(bench, f"{what}, {bench.where}: evaluate over its own SQL", one / bare),
        Row("    evaluate", one, "ms"),
        Row(f"    its {len(statements)} SQL statements, bare driver", bare, "ms"),
    ]


def _floor_row(bench: Bench, name: str, value: float | None) -> Row:
    """DuckDB answers in a fraction of what a request costs: there the ratio says nothing of the plugin."""
    if bench.warehouse.name == "duckdb":
        return Row(name, value, "×")
    return at_most(name, value, FLOOR)


SECTIONS = {"forty": forty, "floor": floor, "filters": filters, "history": history}
WITH_POSTGRES_METADATA = ("forty",)
