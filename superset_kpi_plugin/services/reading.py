"""Reading metrics through Superset's own chart-data path, as the viewer.

What the viewer may not read, a dataset that is gone and a metric that fails each leave their own nodes
undefined, with the reason, and no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from superset.connectors.sqla.models import SqlaTable
from superset.extensions import security_manager

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _, told, told_of
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import cut, periods_over, view_of, year_before
from superset_kpi_plugin.rollup.result import Reading
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.types import Accumulation, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.window import DAY, View, Window
from superset_kpi_plugin.security import dataset_access
from superset_kpi_plugin.services.queries import DAILY, Answer, Failed, Place, QueryLog, Source, scalar_of
from superset_kpi_plugin.services.references import find_datasets
from superset_kpi_plugin.services.running import Clock, Job, run_all
from superset_kpi_plugin.services.statements import (
    MOST_MEMBERS,
    Cell,
    Rows,
    Scalar,
    Span,
    Statement,
    last_days,
    plan,
)

Filter = dict[str, Any]
Readings = dict[str, Reading]
LATEST_DAY = "latest_day"
TEMPORAL_RANGE = "TEMPORAL_RANGE"


class ReadRequest(NamedTuple):
    """One node's wish: its stored `metric`, how it accumulates, and how many whole periods back it reads.

    `seasonal` asks besides for what each day of an open window brought a year before.
    """

    key: str
    metric: Mapping[str, Any]
    accumulation: Accumulation
    stock_reading: str
    shift: int = 0
    seasonal: bool = False

    @property
    def from_the_start(self) -> bool:
        """A level counted from everything before the window's end."""
        return self.accumulation is Accumulation.STOCK and self.stock_reading != LATEST_DAY

    @property
    def on_latest_day(self) -> bool:
        """A level as it stands on the dataset's latest day with data."""
        return self.accumulation is Accumulation.STOCK and self.stock_reading == LATEST_DAY


@dataclass(frozen=True)
class Asked:
    """A view that is wanted, for every member of the dimension too where `by_member`.

    `compared` is an earlier one that the plan's own view is held against: an open view is compared with as
    many days as its data has reached.
    """

    view: View
    compared: bool = False
    by_member: bool = False


@dataclass(frozen=True)
class ReadPlan:
    """What a whole evaluation reads: calendar, its own view, other views, the viewer's filters, past the
    cache or not, the dimension's column, and the members that are told of though no row may have them."""

    calendar: Calendar
    view: View
    others: Sequence[Asked] = ()
    filters: Sequence[Filter] = ()
    force: bool = False
    by: str | None = None
    members: Collection[str] = ()

    @cached_property
    def asked(self) -> Sequence[Asked]:
        """The plan's own view first."""
        return [Asked(self.view, by_member=self.by is not None), *self.others]

    @cached_property
    def open_span(self) -> Span | None:
        """The days of its own view that may have data, where it has begun and is not over."""
        readable = self.view.readable
        return None if self.view.closed or readable is None else (readable.since, readable.until)

    @cached_property
    def compares(self) -> bool:
        """Whether an earlier view is held against its own."""
        return any(asked.compared for asked in self.others)


class Origin(NamedTuple):
    """Where a node's number of the plan's own view comes from: a dataset that the viewer may read.

    `span` is None where nothing was asked of it: the window starts later, or the reference is broken.
    """

    dataset_id: int
    dataset: str
    time_column: str
    span: Span | None


@dataclass
class ReadResult:
    """Readings by node key for each view asked, the plan's own first; for every member likewise.

    `not_applied` tells which of the viewer's filters missed which nodes, `without_column` the datasets, with
    their nodes, that lack the dimension's column. A node whose data the viewer may not read has no origin.
    """

    views: list[Readings]
    members: dict[str | None, list[Readings]] = field(default_factory=dict)
    queries: list[QueryLog] = field(default_factory=list)
    not_applied: dict[int, list[str]] = field(default_factory=dict)
    without_column: dict[str, list[str]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    def refuse(self, requests: Iterable[ReadRequest], code: Reason, message: str) -> None:
        """Leave these nodes undefined."""
        for request in requests:
            for readings in self.views:
                readings[request.key] = Reading(Undefined(code, message))


def read_metrics(requests: Sequence[ReadRequest], plan: ReadPlan) -> ReadResult:
    """Read every requested metric; filters are applied to the datasets that have their column."""
    return read_together((requests, plan))[0]


def read_together(*orders: tuple[Sequence[ReadRequest], ReadPlan]) -> list[ReadResult]:
    """What `read_metrics` gives for each of several plans, read side by side.

    :raises InvalidDocumentError: no dataset that the viewer may read has the dimension's column, or it has
        more than MOST_MEMBERS members
    """
    results = [ReadResult([{} for _asked in plan.asked]) for _requests, plan in orders]
    readers = [
        reader
        for (requests, plan), result in zip(orders, results, strict=True)
        for reader in _readers(requests, plan, result)
    ]
    for (_requests, asked), result in zip(orders, results, strict=True):
        own = [reader for reader in readers if reader.result is result]
        if asked.by is not None and not any(reader.has_member for reader in own):
            text = _("No dataset of this tree that you may read has this column: choose another.")
            raise InvalidDocumentError({"by": [text]})
    _look_up_row_level_security(readers)
    force = any(plan.force for _requests, plan in orders)
    clock = Clock()
    # Each step may need what the one before has learnt; most evaluations need only the numbers.
    steps = (
        _DatasetReader.reached,
        _DatasetReader.latest,
        _DatasetReader.numbers,
        _DatasetReader.afterwards,
    )
    for step in steps:
        jobs = [(reader, Job(reader.source, one)) for reader in readers for one in step(reader)]
        answers = run_all([job for _reader, job in jobs], force, clock)
        for (reader, job), answer in zip(jobs, answers, strict=True):
            reader.learn(job.statement, answer)
    for (_requests, asked), result in zip(orders, results, strict=True):
        own = [reader for reader in readers if reader.result is result]
        members = {member for reader in own for member in reader.members} | set(asked.members)
        if len(members) > MOST_MEMBERS or any(reader.crowded for reader in own):
            text = _(
                "This column has more than %(most)s members: choose one with fewer, or filter.",
                most=MOST_MEMBERS,
            )
            raise InvalidDocumentError({"by": [text]})
        for member in sorted(members, key=lambda name: (name is None, name or "")):
            # What nobody may read, or is gone, is so for every member.
            result.members[member] = [dict(refused) for refused in result.views]
        for reader in own:
            reader.tell(result.views, None)
            for member, views in result.members.items():
                reader.tell(views, Member(member))
    return results


def _look_up_row_level_security(readers: Iterable[_DatasetReader]) -> None:
    """All datasets' rules at once, where Superset can; each statement's cache key needs its own."""
    prefetch = getattr(security_manager, "prefetch_rls_filters", None)
    if prefetch is not None:
        prefetch([reader.dataset.id for reader in readers])


def _readers(requests: Sequence[ReadRequest], plan: ReadPlan, result: ReadResult) -> Iterator[_DatasetReader]:
    datasets = find_datasets(request.metric["dataset_uuid"] for request in requests)
    by_dataset: dict[str, list[ReadRequest]] = {}
    for request in requests:
        by_dataset.setdefault(request.metric["dataset_uuid"], []).append(request)
    may_read = dataset_access()
    for uuid, group in by_dataset.items():
        dataset = datasets.get(uuid)
        if dataset is None:
            text = _("The dataset of this node was deleted. Choose another dataset and metric for it.")
            result.refuse(group, Reason.ERROR, text)
        elif not may_read(dataset):
            text = _("You may not read the data of this node. Ask its owner, or an admin, for access.")
            result.refuse(group, Reason.RESTRICTED, text)
        else:
            yield _DatasetReader(dataset, plan, group, result)


class Member(NamedTuple):
    """One member of the dimension; its name is None for the rows that have none."""

    name: str | None


class Look(NamedTuple):
    """Where a node looks in a view: the days in which it needs data, and those whose rows it reads."""

    window: Span | Undefined
    span: Span | Undefined


class _Days:
    """What is known of a time column's days with data."""

    def __init__(self) -> None:
        self.exact: dict[tuple[str, Span], date | Undefined | None] = {}
        self.seen: dict[tuple[str, Span], date] = {}

    def learn(self, time_column: str, span: Span, last: date | Undefined | None, whole: bool) -> None:
        """`last` of all rows where `whole`, else of some of them."""
        known = time_column, span
        if whole:
            self.exact[known] = last
        elif isinstance(last, date):
            self.seen[known] = max(last, self.seen.get(known, last))
            if self.seen[known] + DAY == span[1]:
                self.exact.setdefault(known, last)

    def any(self, time_column: str, span: Span) -> bool | None:
        """Whether the span has data, None where that is not known."""
        known = time_column, span
        if known in self.seen:
            return True
        return isinstance(self.exact[known], date) if known in self.exact else None

    def last(self, time_column: str, span: Span) -> date | None:
        """The last day with data, as far as it is known."""
        known = time_column, span
        exact = self.exact.get(known)
        return exact if isinstance(exact, date) else self.seen.get(known)


class _DatasetReader:
    """Reads the nodes of one dataset that the viewer may read, step by step."""

    def __init__(
        self, dataset: SqlaTable, plan: ReadPlan, requests: Sequence[ReadRequest], result: ReadResult
    ) -> None:
        self.dataset = dataset
        self.source = Source(dataset)
        self.plan = plan
        self.members: set[str | None] = set()
        self.crowded = False
        self._columns = self.source.columns
        self._metrics = {metric.metric_name for metric in dataset.metrics}
        self.result = result
        self.days = _Days()
        self._answers: dict[tuple[Rows, tuple[str, ...], str | None, bool], Answer] = {}
        self._looks: dict[tuple[Any, ...], list[Look]] = {}
        self._wishes = [_Wish(self, request, self._rows(request)) for request in requests]
        self.has_member = plan.by is not None and plan.by in self._columns
        if plan.by is not None and not self.has_member:
            keys = [request.key for request in requests]
            result.without_column.setdefault(str(dataset.table_name), []).extend(keys)

    def reached(self) -> list[Statement]:
        """How far the data of an open window reaches, where comparisons are cut to that."""
        return self._last_days(_Wish.spans_reached)

    def latest(self) -> list[Statement]:
        """The latest days with data, for levels that are read on them."""
        return self._last_days(_Wish.spans_latest)

    def numbers(self) -> list[Statement]:
        """The metrics, and the last day of an open window that none of their statements can tell."""
        cells: list[Cell] = []
        for wish in self._wishes:
            wish.settle()
            cells += wish.cells(self.plan.by if self.has_member else None)
        statements = plan(dict.fromkeys(cells), MOST_MEMBERS)
        if self.plan.view.closed:
            return statements
        told = {(one.rows.time_column, span) for one in statements if one.whole for span in one.spans}
        return statements + self._last_days(_Wish.span_open, told)

    def afterwards(self) -> list[Statement]:
        """The last days that are still not known though somebody must be told."""
        return self._last_days(_Wish.spans_untold)

    def looks(self, wish: _Wish) -> list[Look]:
        """Where a node looks in each view asked; most nodes of a dataset look at the same days."""
        alike = wish.alike
        if alike not in self._looks:
            self._looks[alike] = [wish.look(asked) for asked in self.plan.asked]
        return self._looks[alike]

    def _last_days(
        self, spans_of: Callable[[_Wish], Iterable[Span]], told: Container[tuple[str, Span]] = ()
    ) -> list[Statement]:
        wanted: dict[str, set[Span]] = {}
        for wish in self._wishes:
            column = wish.rows.time_column
            for span in () if wish.problem is not None else spans_of(wish):
                if (column, span) not in told and (column, span) not in self.days.exact:
                    wanted.setdefault(column, set()).add(span)
        return [one for column, spans in wanted.items() for one in last_days(column, spans)]

    def learn(self, statement: Statement, answer: Answer) -> None:
        """Take in what a statement of this dataset said."""
        self.result.queries += answer.queries
        key = statement.rows, statement.columns, statement.by, statement.daily
        self._answers.setdefault(key, Answer()).add(answer)
        if statement.daily:
            return
        self.crowded |= answer.crowded
        if statement.by is not None:
            self.members |= {place.member for place in answer.rows}
        column = statement.rows.time_column
        if answer.broken is not None:
            text = _(
                "The dataset %(name)s could not be read: %(why)s",
                name=self.dataset.table_name,
                why=answer.broken.message,
            )
            for span in () if statement.metrics else statement.spans:
                self.days.learn(column, span, Undefined(Reason.ERROR, text), True)
            return
        found: dict[Span, list[date | Undefined]] = {span: [] for span in statement.spans}
        for place, row in answer.rows.items():
            if row.last is not None:
                found[place.span].append(row.last)
        for span, lasts in found.items():
            last = max((day for day in lasts if isinstance(day, date)), default=lasts[0] if lasts else None)
            self.days.learn(column, span, last, statement.whole)

    def tell(self, views: list[Readings], member: Member | None) -> None:
        """Write down the readings of all views with their origins, or the readings of one member's."""
        if member is None:
            self.result.origins.update((wish.request.key, wish.origin()) for wish in self._wishes)
        for index, asked in enumerate(self.plan.asked):
            for wish in self._wishes:
                if member is None:
                    views[index][wish.request.key] = wish.reading(index)
                elif asked.by_member and self.has_member:
                    views[index][wish.request.key] = wish.reading(index, member)
                elif asked.by_member:
                    text = _(
                        "The dataset %(dataset)s has no column %(name)s to tell its members apart.",
                        dataset=self.dataset.table_name,
                        name=self.plan.by,
                    )
                    views[index][wish.request.key] = Reading(Undefined(Reason.NO_DATA, text))

    def problem(self, metric: Mapping[str, Any], time_column: str | None) -> str | None:
        """What in the dataset is no longer as the node needs it."""
        name = self.dataset.table_name
        if metric["metric_name"] not in self._metrics:
            return _(
                "The dataset %(dataset)s has no metric %(name)s any more.",
                dataset=name,
                name=metric["metric_name"],
            )
        if not time_column:
            return _("The dataset %(dataset)s has no main time column: choose one.", dataset=name)
        simple = [item["subject"] for item in metric["filters"] if item["expressionType"] == "SIMPLE"]
        for column in (time_column, *simple):
            if column not in self._columns:
                return _(
                    "The dataset %(dataset)s has no column %(name)s any more.", dataset=name, name=column
                )
        return None

    def value(self, cell: Cell, member: Member | None) -> Outcome | Failed | None:
        """What was read for a cell; None where no row matched."""
        answer = self._answers[cell.rows, cell.columns, cell.by, cell.daily]
        failed = answer.failed and answer.failed.get((cell.metric, cell.values, cell.span))
        if failed:
            return failed
        row = answer.rows.get(Place(cell.span, cell.values, member.name if member else None))
        return None if row is None else row.values.get(cell.metric)

    def days_of(self, cell: Cell) -> dict[date, float] | None:
        """What each day of a daily cell brought, days without a number left out; None where it failed."""
        answer = self._answers[cell.rows, cell.columns, cell.by, cell.daily]
        if (cell.metric, cell.values, cell.span) in answer.failed:
            return None
        rows = {place.span[1]: row for place, row in answer.rows.items() if place.values == cell.values}
        found = {day: row.values.get(cell.metric) for day, row in rows.items()}
        return {day: number for day, number in found.items() if isinstance(number, float)}

    def knows_days(self, time_column: str) -> bool:
        """Whether the database can group this column by day."""
        column = self._columns[time_column]
        return bool(column.is_dttm) and DAILY in self.source.engine_spec.get_time_grain_expressions()

    def _rows(self, request: ReadRequest) -> tuple[Rows, tuple[str, ...], tuple[Scalar, ...]]:
        """The rows a node reads: its equalities apart from its own and the viewer's other filters."""
        time_column = request.metric["time_column"] or self.dataset.main_dttm_col or ""
        adhoc = request.metric["filters"]
        filters: list[Filter] = []
        equal: dict[str, Scalar] = {}
        for item in adhoc:
            if item["expressionType"] != "SIMPLE":
                continue
            value = self._equal_to(item)
            if value is not None and equal.get(item["subject"], value) == value:
                equal[item["subject"]] = value
            else:
                filters.append({"col": item["subject"], "op": item["operator"], "val": item["comparator"]})
        for index, item in enumerate(self.plan.filters):
            # A range on the node's own time column would cut the actual and not the target.
            own_time = item["op"] == TEMPORAL_RANGE and item["col"] == time_column
            if item["col"] in self._columns and not own_time:
                filters.append(item)
            else:
                self.result.not_applied.setdefault(index, []).append(request.key)
        # Each on lines of its own, so that a comment at the end of one does not swallow the next.
        where = " AND ".join(
            f"(\n{item['sqlExpression']}\n)" for item in adhoc if item["expressionType"] == "SQL"
        )
        columns = tuple(sorted(equal))
        rows = Rows(time_column, json.dumps(filters, sort_keys=True) if filters else "[]", where)
        return rows, columns, tuple(equal[column] for column in columns)

    def _equal_to(self, item: Mapping[str, Any]) -> Scalar | None:
        if item["operator"] != "==" or item["subject"] not in self._columns:
            return None
        return scalar_of(self.source.kind(item["subject"]), item["comparator"])


class _Wish:
    """What one node reads in each view asked."""

    def __init__(
        self,
        reader: _DatasetReader,
        request: ReadRequest,
        rows: tuple[Rows, tuple[str, ...], tuple[Scalar, ...]],
    ) -> None:
        self.reader = reader
        self.request = request
        self.rows, self.columns, self.values = rows
        self.problem = reader.problem(request.metric, self.rows.time_column)
        self._looks: list[Look] = []
        self._cells: list[Cell | Undefined] = []
        self._plan = reader.plan
        self._days = reader.days
        self._daily: Cell | None = None

    @property
    def alike(self) -> tuple[Any, ...]:
        """What decides on which days a node looks at, besides the plan and the days that have data."""
        request = self.request
        return self.problem, self.rows.time_column, request.shift, request.accumulation, request.stock_reading

    def spans_reached(self) -> list[Span]:
        """The span of the plan's own view, where it must be known how far its data reaches."""
        span = self._plan.open_span
        return [span] if span is not None and (self.request.shift > 0 or self._plan.compares) else []

    def spans_latest(self) -> list[Span]:
        """The spans on whose latest day with data the node is read."""
        if not self.request.on_latest_day:
            return []
        spans = [self._span(self._view(asked)) for asked in self._plan.asked]
        return [span for span in spans if not isinstance(span, Undefined)]

    def settle(self) -> None:
        """Decide on what is read, once the days are known that it depends on."""
        self._looks = self.reader.looks(self)
        self._cells = [self._cell(look.span) for look in self._looks]
        self._daily = self._daily_cell()

    def look(self, asked: Asked) -> Look:
        """Where it looks in one view."""
        window = self._span(self._view(asked))
        if isinstance(window, Undefined) or not self.request.on_latest_day:
            return Look(window, window)
        last = self._days.exact.get((self.rows.time_column, window))
        return Look(window, (last, last + DAY) if isinstance(last, date) else self._no_data(window))

    def window(self, index: int) -> Span | None:
        """The span in which the node looks for data in a view."""
        window = self._looks[index].window
        return None if self.problem is not None or isinstance(window, Undefined) else window

    def cells(self, by: str | None) -> list[Cell]:
        """The cells to read, and the same by member where that is asked."""
        found: list[Cell] = [] if self._daily is None else [self._daily]
        for asked, cell in zip(self._plan.asked, self._cells, strict=True):
            if isinstance(cell, Cell):
                found.append(cell)
                if by is not None and asked.by_member:
                    found.append(_by(cell, by))
        return found

    def span_open(self) -> list[Span]:
        """The span of the plan's own view; its elapsed days end with its data."""
        window = self.window(0)
        return [] if window is None else [window]

    def spans_untold(self) -> list[Span]:
        """The spans of which it must still be told whether, or until when, they have data."""
        found: list[Span] = []
        for index, cell in enumerate(self._cells):
            window = self.window(index)
            if window is None or not isinstance(cell, Cell):
                continue
            if (self.rows.time_column, window) in self._days.exact:
                continue
            value = self.reader.value(cell, None)
            unknown = value is None and self._days.any(self.rows.time_column, window) is None
            if unknown or (index == 0 and not isinstance(value, Failed)):
                found.append(window)
        return found

    def reading(self, index: int, member: Member | None = None) -> Reading:
        """What was read in a view."""
        cell = self._cells[index]
        if isinstance(cell, Undefined):
            return Reading(cell)
        window = self.window(index)
        assert window is not None
        last = self._days.last(self.rows.time_column, window)
        by = self._plan.by
        wanted = _by(cell, by) if member is not None and by is not None else cell
        value = self.reader.value(wanted, member)
        if value is None and not self._days.any(self.rows.time_column, window):
            return Reading(self._no_data(window))
        daily = self.reader.days_of(self._daily) if index == 0 and member is None and self._daily else None
        return Reading(self._actual(value), last, daily)

    def origin(self) -> Origin:
        """Where the number of the plan's own view comes from."""
        cell = self._cells[0]
        span = cell.span if isinstance(cell, Cell) and self.problem is None else None
        return Origin(self.reader.dataset.id, self._dataset_name, self.rows.time_column, span)

    def _no_data(self, window: Span) -> Undefined:
        known = self._days.exact.get((self.rows.time_column, window))
        if isinstance(known, Undefined):
            return known
        text = _("The dataset %(dataset)s has no data in this window yet.", dataset=self._dataset_name)
        return Undefined(Reason.NO_DATA, text)

    def _view(self, asked: Asked) -> View | Undefined:
        """The view that the node reads.

        An earlier one is cut to the days that the data has reached by now.
        """
        if self.problem is not None:
            return Undefined(Reason.ERROR, self.problem)
        current, view = self._plan.view, asked.view
        own = view == current
        if (self.request.shift or asked.compared) and (own or asked.compared):
            span = self._plan.open_span
            if span is not None:
                reached = self._days.exact.get((self.rows.time_column, span))
                if isinstance(reached, Undefined):
                    return reached
                if reached is None:
                    return _not_started()
                so_far = View(current.window, reached)
                view = so_far if own else cut(so_far, view.window)
        try:
            return view_of(self._plan.calendar, view, self.request.shift)
        except PeriodError as ex:
            return Undefined(Reason.NO_DATA, told_of(ex))

    def _span(self, view: View | Undefined) -> Span | Undefined:
        if isinstance(view, Undefined):
            return view
        readable = view.readable
        if readable is None:
            return _not_started()
        return (None if self.request.from_the_start else readable.since), readable.until

    def _cell(self, span: Span | Undefined) -> Cell | Undefined:
        if isinstance(span, Undefined):
            return span
        name = self.request.metric["metric_name"]
        return Cell(name, span, self.rows, self.columns, self.values)

    def _daily_cell(self) -> Cell | None:
        """The days of the same spans a year before, while the window is open."""
        window = self.window(0)
        if not self.request.seasonal or self._plan.view.closed or window is None:
            return None
        view = self._view(self._plan.asked[0])
        if isinstance(view, Undefined) or not self.reader.knows_days(self.rows.time_column):
            return None
        then = _a_year_before(self._plan.calendar, view.window)
        if then is None:
            return None
        name = self.request.metric["metric_name"]
        return Cell(name, (then.since, then.until), self.rows, self.columns, self.values, daily=True)

    def _actual(self, value: Outcome | Failed | None) -> Outcome:
        if isinstance(value, float):
            return value
        name = f"{self.request.metric['metric_name']} ({self._dataset_name})"
        if isinstance(value, Failed):
            text = _("The metric %(name)s could not be read: %(why)s", name=name, why=value.message)
            return Undefined(Reason.ERROR, text)
        if value is None:
            if self.request.metric["empty"] == "zero":
                return 0.0
            text = _("No row of %(dataset)s matches the filters in this window.", dataset=self._dataset_name)
            return Undefined(Reason.NO_DATA, text)
        return Undefined(value.code, f"{name}: {told(value.message)}")

    @property
    def _dataset_name(self) -> str:
        return str(self.reader.dataset.table_name)


def _not_started() -> Undefined:
    return Undefined(Reason.NOT_STARTED, _("The window starts after the as-of day."))


def _by(cell: Cell, column: str) -> Cell:
    return cell._replace(by=column)


def _a_year_before(calendar: Calendar, window: Window) -> Window | None:
    """Every day that a part of the window may be compared with a year before; None where there is none."""
    found: list[Window] = []
    try:
        for period in periods_over(calendar, window):
            part = Window(max(period.since, window.since), min(period.until, window.until))
            found.append(year_before(calendar, part))
    except PeriodError:
        pass
    return Window(min(one.since for one in found), max(one.until for one in found)) if found else None
