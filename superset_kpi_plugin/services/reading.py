"""Reading metrics through Superset's own chart-data path, as the viewer.

Nodes of one dataset with the same time column, window and filters become one query. What the viewer may not
read, a dataset that is gone and a metric that fails each leave their own nodes undefined, with the reason,
and no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from superset.connectors.sqla.models import SqlaTable
from superset.extensions import security_manager

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import cut, view_of
from superset_kpi_plugin.rollup.result import Reading
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.types import Accumulation, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import DAY, View
from superset_kpi_plugin.services.queries import Failed, Query, QueryLog, QueryRunner, Span
from superset_kpi_plugin.services.references import find_datasets

Filter = dict[str, Any]
LATEST_DAY = "latest_day"
TEMPORAL_RANGE = "TEMPORAL_RANGE"


@dataclass(frozen=True)
class ReadRequest:
    """One node's wish: its stored `metric`, how it accumulates, and how many whole periods back it reads."""

    key: str
    metric: Mapping[str, Any]
    accumulation: Accumulation
    stock_reading: str
    shift: int = 0

    @property
    def from_the_start(self) -> bool:
        """A level counted from everything before the window's end."""
        return self.accumulation is Accumulation.STOCK and self.stock_reading != LATEST_DAY

    @property
    def on_latest_day(self) -> bool:
        """A level as it stands on the dataset's latest day with data."""
        return self.accumulation is Accumulation.STOCK and self.stock_reading == LATEST_DAY


@dataclass(frozen=True)
class ReadPlan:
    """What a whole evaluation reads: calendar and view, the viewer's filters, past the cache or not.

    `current` is the view that `view` is compared with, where it is a comparison: an open one says how many
    days the data has reached, and as many are read.
    """

    calendar: Calendar
    view: View
    filters: Sequence[Filter] = ()
    force: bool = False
    current: View | None = None


@dataclass
class ReadResult:
    """A reading per node key, the queries that ran, and which filters missed which nodes."""

    readings: dict[str, Reading] = field(default_factory=dict)
    queries: list[QueryLog] = field(default_factory=list)
    not_applied: dict[int, list[str]] = field(default_factory=dict)

    def refuse(self, requests: Iterable[ReadRequest], code: Reason, message: str) -> None:
        """Leave these nodes undefined."""
        for request in requests:
            self.readings[request.key] = Reading(Undefined(code, message))


def read_metrics(requests: Sequence[ReadRequest], plan: ReadPlan) -> ReadResult:
    """Read every requested metric; filters are applied to the datasets that have their column."""
    result = ReadResult()
    datasets = find_datasets(request.metric["dataset_uuid"] for request in requests)
    by_dataset: dict[str, list[ReadRequest]] = {}
    for request in requests:
        by_dataset.setdefault(request.metric["dataset_uuid"], []).append(request)
    for uuid, group in by_dataset.items():
        dataset = datasets.get(uuid)
        if dataset is None:
            text = _("The dataset of this node was deleted. Choose another dataset and metric for it.")
            result.refuse(group, Reason.ERROR, text)
        elif not security_manager.can_access_datasource(dataset):
            text = _("You may not read the data of this node. Ask its owner, or an admin, for access.")
            result.refuse(group, Reason.RESTRICTED, text)
        else:
            _DatasetReader(dataset, plan, result).read(group)
    return result


@dataclass(frozen=True)
class _Read:
    """A readable request: what it reads but for the metric, and the dataset's last day with data in it."""

    request: ReadRequest
    time_column: str
    span: Span
    last: date
    filters: str
    where: str


class _DatasetReader:
    """Reads the nodes of one dataset that the viewer may read."""

    def __init__(self, dataset: SqlaTable, plan: ReadPlan, result: ReadResult) -> None:
        self.dataset = dataset
        self.plan = plan
        self.result = result
        self.runner = QueryRunner(dataset, plan.force, result.queries)
        self.columns = {column.column_name: column for column in dataset.columns}
        self.metrics = {metric.metric_name for metric in dataset.metrics}
        self.last_days: dict[tuple[str, Span], date | Undefined | None] = {}

    def read(self, requests: Sequence[ReadRequest]) -> None:
        fused: dict[tuple[str, Span, str, str], list[_Read]] = {}
        for request in requests:
            read = self._prepare(request)
            if isinstance(read, Undefined):
                self.result.readings[request.key] = Reading(read)
            else:
                fused.setdefault((read.time_column, read.span, read.filters, read.where), []).append(read)
        for (time_column, span, filters, where), group in fused.items():
            names = tuple(sorted({read.request.metric["metric_name"] for read in group}))
            values = self.runner.values(Query(time_column, span, tuple(json.loads(filters)), where, names))
            for read in group:
                actual = self._actual(read.request, values[read.request.metric["metric_name"]])
                self.result.readings[read.request.key] = Reading(actual, read.last)

    def _prepare(self, request: ReadRequest) -> _Read | Undefined:
        time_column = request.metric["time_column"] or self.dataset.main_dttm_col
        problem = self._problem(request.metric, time_column)
        if problem is not None:
            return Undefined(Reason.ERROR, problem)
        view = self._view(request, time_column)
        if isinstance(view, Undefined):
            return view
        readable = view.readable
        if readable is None:
            return Undefined(Reason.NOT_STARTED, _("The window starts after the as-of day."))
        span = (None if request.from_the_start else readable.since, readable.until)
        last = self._last_day(time_column, span)
        if isinstance(last, Undefined):
            return last
        if last is None:
            text = _("The dataset %(dataset)s has no data in this window yet.", dataset=self._name)
            return Undefined(Reason.NO_DATA, text)
        if request.on_latest_day:
            span = (last, last + DAY)
        filters, where = self._filters(request, time_column)
        return _Read(request, time_column, span, last, filters, where)

    def _problem(self, metric: Mapping[str, Any], time_column: str | None) -> str | None:
        """What in the dataset is no longer as the node needs it."""
        if metric["metric_name"] not in self.metrics:
            name = metric["metric_name"]
            return _(
                "The dataset %(dataset)s has no metric %(name)s any more.", dataset=self._name, name=name
            )
        if not time_column:
            return _("The dataset %(dataset)s has no main time column: choose one.", dataset=self._name)
        simple = [item["subject"] for item in metric["filters"] if item["expressionType"] == "SIMPLE"]
        for name in (time_column, *simple):
            if name not in self.columns:
                return _(
                    "The dataset %(dataset)s has no column %(name)s any more.", dataset=self._name, name=name
                )
        return None

    def _view(self, request: ReadRequest, time_column: str) -> View | Undefined:
        """The view that the node reads.

        An earlier one is cut to the days that the data has reached by now.
        """
        view = self.plan.view
        current = self.plan.current or view
        if (request.shift or current is not view) and not current.closed and current.readable is not None:
            last = self._last_day(time_column, (current.readable.since, current.readable.until))
            if isinstance(last, Undefined):
                return last
            reached = View(current.window, last if last is not None else current.window.since - DAY)
            view = reached if current is view else cut(reached, view.window)
        try:
            return view_of(self.plan.calendar, view, request.shift)
        except PeriodError as ex:
            return Undefined(Reason.NO_DATA, str(ex))

    def _last_day(self, time_column: str, span: Span) -> date | Undefined | None:
        known = time_column, span
        if known not in self.last_days:
            self.last_days[known] = self.runner.last_day(self.columns[time_column], span)
        return self.last_days[known]

    def _filters(self, request: ReadRequest, time_column: str) -> tuple[str, str]:
        """The node's and the viewer's filters, hashable, and the node's own SQL."""
        adhoc = request.metric["filters"]
        filters = [
            {"col": item["subject"], "op": item["operator"], "val": item["comparator"]}
            for item in adhoc
            if item["expressionType"] == "SIMPLE"
        ]
        for index, item in enumerate(self.plan.filters):
            # A range on the node's own time column would cut the actual and not the target.
            own_time = item["op"] == TEMPORAL_RANGE and item["col"] == time_column
            if item["col"] in self.columns and not own_time:
                filters.append(item)
            else:
                self.result.not_applied.setdefault(index, []).append(request.key)
        # Each on lines of its own, so that a comment at the end of one does not swallow the next.
        where = " AND ".join(
            f"(\n{item['sqlExpression']}\n)" for item in adhoc if item["expressionType"] == "SQL"
        )
        return json.dumps(filters, sort_keys=True), where

    def _actual(self, request: ReadRequest, value: Outcome | Failed | None) -> Outcome:
        name = f"{request.metric['metric_name']} ({self._name})"
        if isinstance(value, Failed):
            text = _("The metric %(name)s could not be read: %(why)s", name=name, why=value.message)
            return Undefined(Reason.ERROR, text)
        if value is None:
            if request.metric["empty"] == "zero":
                return 0.0
            text = _("No row of %(dataset)s matches the filters in this window.", dataset=self._name)
            return Undefined(Reason.NO_DATA, text)
        return Undefined(value.code, f"{name}: {value.message}") if isinstance(value, Undefined) else value

    @property
    def _name(self) -> str:
        return str(self.dataset.table_name)
