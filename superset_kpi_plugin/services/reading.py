"""Reading metrics through Superset's own chart-data path, as the viewer.

Nodes of one dataset with the same time column, window and filters become one query. What the viewer may not
read, a dataset that is gone and a metric that fails each leave their own nodes undefined, with the reason,
and no
other.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from superset.connectors.sqla.models import SqlaTable
from superset.extensions import security_manager

from superset_kpi_plugin.rollup.result import Reading
from superset_kpi_plugin.rollup.types import Accumulation, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import DAY, View
from superset_kpi_plugin.services.queries import Failed, Query, QueryLog, QueryRunner
from superset_kpi_plugin.services.references import find_datasets

logger = logging.getLogger(__name__)

Filter = dict[str, Any]
LATEST_DAY = "latest_day"


@dataclass(frozen=True)
class ReadRequest:
    """One node's wish: its stored `metric`, how it accumulates, and the window as seen on the as-of day."""

    key: str
    metric: Mapping[str, Any]
    accumulation: Accumulation
    stock_reading: str
    view: View

    @property
    def from_the_start(self) -> bool:
        """A level counted from everything before the window's end."""
        return self.accumulation is Accumulation.STOCK and self.stock_reading != LATEST_DAY

    @property
    def on_latest_day(self) -> bool:
        """A level as it stands on the dataset's latest day with data."""
        return self.accumulation is Accumulation.STOCK and self.stock_reading == LATEST_DAY


@dataclass
class ReadResult:
    """A reading per node key, the queries that ran, and which filters missed which nodes."""

    readings: dict[str, Reading] = field(default_factory=dict)
    queries: list[QueryLog] = field(default_factory=list)
    not_applied: dict[int, list[str]] = field(default_factory=dict)


def read_metrics(requests: Sequence[ReadRequest], filters: Sequence[Filter], force: bool) -> ReadResult:
    """Read every requested metric. `filters` are applied to the datasets that have their column."""
    result = ReadResult()
    datasets = find_datasets(request.metric["dataset_uuid"] for request in requests)
    by_dataset: dict[str, list[ReadRequest]] = {}
    for request in requests:
        by_dataset.setdefault(request.metric["dataset_uuid"], []).append(request)
    for uuid, group in by_dataset.items():
        dataset = datasets.get(uuid)
        if dataset is None:
            text = "The dataset of this node was deleted. Choose another dataset and metric for it."
            _refuse(result, group, Undefined(Reason.ERROR, text))
        elif not security_manager.can_access_datasource(dataset):
            text = "You may not read the data of this node. Ask its owner, or an admin, for access."
            _refuse(result, group, Undefined(Reason.RESTRICTED, text))
        else:
            _DatasetReader(dataset, filters, QueryRunner(dataset, force, result.queries), result).read(group)
    return result


def _refuse(result: ReadResult, requests: Iterable[ReadRequest], reason: Undefined) -> None:
    for request in requests:
        result.readings[request.key] = Reading(reason)


@dataclass(frozen=True)
class _Plan:
    """A readable request with its query but for the metric; `span` is what it reads, `[since, until)`."""

    request: ReadRequest
    time_column: str
    span: tuple[date | None, date]
    filters: str
    where: str


class _DatasetReader:
    """Reads the nodes of one dataset that the viewer may read."""

    def __init__(
        self, dataset: SqlaTable, filters: Sequence[Filter], runner: QueryRunner, result: ReadResult
    ) -> None:
        self.dataset = dataset
        self.columns = {column.column_name: column for column in dataset.columns}
        self.metrics = {metric.metric_name for metric in dataset.metrics}
        self.filters = [item for item in filters if item["col"] in self.columns]
        self.missed = [index for index, item in enumerate(filters) if item["col"] not in self.columns]
        self.runner = runner
        self.result = result

    def read(self, requests: Sequence[ReadRequest]) -> None:
        for index in self.missed:
            self.result.not_applied.setdefault(index, []).extend(request.key for request in requests)
        plans = [plan for plan in map(self._plan, requests) if plan is not None]
        last_days = self._last_days(plans)
        fused: dict[tuple[Any, ...], list[_Plan]] = {}
        for plan in plans:
            last = last_days[plan.time_column, plan.span]
            if isinstance(last, Undefined):
                self.result.readings[plan.request.key] = Reading(last)
                continue
            span = plan.span
            if plan.request.on_latest_day and last is not None:
                span = (last, last + DAY)
            if last is None:
                text = f"The dataset {self.dataset.table_name} has no data in this window yet."
                self.result.readings[plan.request.key] = Reading(Undefined(Reason.NO_DATA, text))
            else:
                fused.setdefault((plan.time_column, span, plan.filters, plan.where), []).append(plan)
        for (time_column, span, node_filters, where), group in fused.items():
            self._read_fused(time_column, span, json.loads(node_filters), where, group, last_days)

    def _plan(self, request: ReadRequest) -> _Plan | None:
        metric = request.metric
        time_column = metric["time_column"] or self.dataset.main_dttm_col
        adhoc = metric["filters"]
        gone = [item["subject"] for item in adhoc if item["expressionType"] == "SIMPLE"]
        gone = [name for name in [*gone, *filter(None, [time_column])] if name not in self.columns]
        problem = None
        if metric["metric_name"] not in self.metrics:
            problem = f"The dataset {self.dataset.table_name} has no metric {metric['metric_name']} any more."
        elif not time_column:
            problem = (
                f"The dataset {self.dataset.table_name} has no main time column: choose one for this node."
            )
        elif gone:
            problem = f"The dataset {self.dataset.table_name} has no column {gone[0]} any more."
        if problem is not None:
            _refuse(self.result, [request], Undefined(Reason.ERROR, problem))
            return None
        readable = request.view.readable
        if readable is None:
            text = "The window starts after the as-of day."
            _refuse(self.result, [request], Undefined(Reason.NOT_STARTED, text))
            return None
        simple = [
            {"col": item["subject"], "op": item["operator"], "val": item["comparator"]}
            for item in adhoc
            if item["expressionType"] == "SIMPLE"
        ]
        where = " AND ".join(
            f"({item['sqlExpression']})" for item in adhoc if item["expressionType"] == "SQL"
        )
        since = None if request.from_the_start else readable.since
        return _Plan(request, time_column, (since, readable.until), json.dumps(simple, sort_keys=True), where)

    def _last_days(self, plans: Sequence[_Plan]) -> dict[tuple[str, Any], date | Undefined | None]:
        """The dataset's last day with data in each span that is read, filters aside."""
        spans = dict.fromkeys((plan.time_column, plan.span) for plan in plans)
        return {(column, span): self.runner.last_day(self.columns[column], span) for column, span in spans}

    def _read_fused(
        self,
        time_column: str,
        span: tuple[date | None, date],
        node_filters: list[Filter],
        where: str,
        plans: Sequence[_Plan],
        last_days: Mapping[tuple[str, Any], date | Undefined | None],
    ) -> None:
        metrics = tuple(sorted({plan.request.metric["metric_name"] for plan in plans}))
        query = Query(time_column, span, (*node_filters, *self.filters), where, metrics)
        values = self.runner.values(query)
        for plan in plans:
            last = last_days[plan.time_column, plan.span]
            assert isinstance(last, date)
            actual = self._actual(plan.request, values[plan.request.metric["metric_name"]])
            self.result.readings[plan.request.key] = Reading(actual, last)

    def _actual(self, request: ReadRequest, value: Outcome | Failed | None) -> Outcome:
        name = f"{request.metric['metric_name']} of {self.dataset.table_name}"
        if isinstance(value, Failed):
            return Undefined(Reason.ERROR, f"The metric {name} could not be read: {value.message}")
        if value is None:
            if request.metric["empty"] == "zero":
                return 0.0
            return Undefined(
                Reason.NO_DATA, f"No row of {self.dataset.table_name} matches the filters in this window."
            )
        if isinstance(value, Undefined):
            return Undefined(value.code, f"{name}: {value.message}")
        return value
