from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import pytest

from superset_kpi_plugin.demo.catalogue import ROWS, Row
from superset_kpi_plugin.demo.metrics import BY_KEY, DATASETS, Dataset, Metric
from superset_kpi_plugin.demo.rhythm import add_months
from superset_kpi_plugin.rollup.formula import parse

# Every row of the catalogue, with how many KPIs it names.
EXPECTED = {
    **{"A-G1": 1, "A-G2": 1, "A-G3a": 1, "A-G3b": 1, "A-G4": 1, "A-G5": 2},
    **{"B-G1": 2, "B-G2": 2, "B-G3": 1, "B-G4": 2, "B-G5": 1},
    **{"A-K1": 1, "A-K2": 1, "A-K3": 1, "A-K4": 2, "A-K5": 1, "A-K6": 1, "A-K7": 1},
    **{"A-K8": 1, "A-K9": 1, "A-K10": 1, "A-K11": 1, "A-K12": 1, "A-K13": 1, "A-K14": 3},
    **{"B-K1": 1, "B-K2": 2, "B-K3": 3, "B-K4": 3, "B-K5": 5, "B-K6": 1, "B-K7": 3},
}
DECREASING = {"cost per action", "cost per order", "CPA", "CPO", "dormant customers", "lost customers"}
MONTH = date(2026, 9, 1)


def where(filters: Iterable[dict[str, Any]]) -> str:
    operators = {"==": "=", "!=": "<>"}
    return "".join(
        f" AND {item['subject']} {operators[item['operator']]} '{item['comparator']}'" for item in filters
    )


def read(
    rows: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    metric: Metric,
    filters: Iterable[dict[str, Any]],
    month: date,
) -> float:
    span = (
        f"{dataset.time_column} >= DATE '{month}' AND {dataset.time_column} < DATE '{add_months(month, 1)}'"
    )
    sql = f"SELECT {metric.expression} FROM {dataset.table} WHERE {span}{where(filters)}"
    row = rows.execute(sql).fetchone()
    assert row is not None
    assert row[0] is not None, sql
    return float(row[0])


def test_every_catalogue_row_is_measured() -> None:
    found: dict[str, int] = {}
    for row in ROWS:
        found[row.id] = found.get(row.id, 0) + 1
    assert found == EXPECTED
    assert {row.name for row in ROWS if row.direction == "decrease"} == DECREASING


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.id} {row.name}" for row in ROWS])
def test_a_catalogue_row_has_a_number(rows: duckdb.DuckDBPyConnection, row: Row) -> None:
    values = {}
    for name, measurement in row.measurements.items():
        dataset = BY_KEY[measurement.dataset]
        metric = next(metric for metric in dataset.metrics if metric.name == measurement.metric)
        assert row.id in metric.catalogue
        month = add_months(MONTH, -measurement.shift)
        values[name] = read(rows, dataset, metric, measurement.filters, month)
    result = parse(row.formula).evaluate(values) if row.formula else values["value"]
    assert isinstance(result, float)
    assert result != 0


@pytest.mark.parametrize(
    ("dataset", "metric"),
    [(dataset, metric) for dataset in DATASETS for metric in dataset.metrics],
    ids=[f"{dataset.key}.{metric.name}" for dataset in DATASETS for metric in dataset.metrics],
)
def test_a_saved_metric_runs_and_says_what_it_is_for(
    rows: duckdb.DuckDBPyConnection, dataset: Dataset, metric: Metric
) -> None:
    assert read(rows, dataset, metric, (), MONTH) > 0
    assert set(metric.catalogue) <= set(EXPECTED)
    assert all(id in metric.description for id in metric.catalogue)


def test_names_and_uuids_are_unique() -> None:
    assert len({dataset.uuid for dataset in DATASETS}) == len(DATASETS)
    for dataset in DATASETS:
        assert len({metric.name for metric in dataset.metrics}) == len(dataset.metrics)
