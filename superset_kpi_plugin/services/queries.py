"""One statement through Superset's own chart-data path, and what its rows say.

Access is checked before a statement comes here (`reading`): what runs here is only what the viewer may read,
with the viewer's row-level security, cache and limits.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from decimal import Decimal
from functools import cached_property
from itertools import pairwise, product
from numbers import Real
from typing import Any, NamedTuple, cast

import pandas as pd
from superset.common.chart_data import ChartDataResultFormat, ChartDataResultType
from superset.common.db_query_status import QueryStatus
from superset.common.query_context import QueryContext
from superset.common.query_object import QueryObject
from superset.common.utils.query_cache_manager import QueryCacheManager
from superset.connectors.sqla.models import SqlaTable, TableColumn
from superset.constants import CacheRegion
from superset.db_engine_specs.base import BaseEngineSpec
from superset.db_engine_specs.postgres import PostgresBaseEngineSpec
from superset.utils.core import GenericDataType

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.types import Outcome, Reason, Undefined, outcome_of
from superset_kpi_plugin.services.statements import Scalar, Span, Statement, Values

logger = logging.getLogger(__name__)

ROWS = "__kpi_rows"
LAST = "__kpi_last"
PERIOD = "__kpi_period"
MEMBER = "__kpi_member"
GROUP = "__kpi_group_"
DAILY = "P1D"
"""Superset's name for the grain of a day."""
MESSAGE_LENGTH = 500
COUNT_ROWS = {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": ROWS}
_EXACT_INTEGERS = 2**53


@dataclass(frozen=True)
class Failed:
    """A metric that could not be read, in the words of the database or of Superset."""

    message: str


@dataclass(frozen=True)
class QueryLog:
    """What ran, for the person who asks where a number comes from or where the time went.

    `windows` are the spans that it tells apart, from `since` to `until`, `columns` what it is grouped by
    besides, `apart` why its numbers could not come with others. `cached_on` is when the database gave what
    came from the cache, in UTC; `sql` the statement as it was sent, None where it did not come so far.
    """

    dataset_uuid: str
    dataset: str
    metrics: tuple[str, ...]
    since: date | None
    until: date
    windows: tuple[Span, ...]
    columns: tuple[str, ...]
    apart: str | None
    rows: int | None
    cached: bool
    milliseconds: float
    error: str | None
    cached_on: str | None = None
    sql: str | None = None


class Place(NamedTuple):
    """Which group a row stands for; a span's days where a statement is `daily`."""

    span: Span
    values: Values = ()
    member: str | None = None


Number = tuple[str, Values, Span]
"""A metric in one of a statement's groups."""


@dataclass(frozen=True)
class Row:
    """What one group says: its last day with data, and a value per metric."""

    last: date | Undefined | None
    values: Mapping[str, Outcome]


@dataclass
class Answer:
    """The rows of a statement by place, the metrics that failed, and what ran for it.

    `crowded` tells that there are more members than MOST_MEMBERS, and nothing else of them.
    """

    rows: dict[Place, Row] = field(default_factory=dict)
    failed: dict[Number, Failed] = field(default_factory=dict)
    queries: list[QueryLog] = field(default_factory=list)
    broken: Failed | None = None
    crowded: bool = False

    def add(self, other: Answer) -> None:
        """Take over what another statement said of other metrics, values or spans."""
        for place, row in other.rows.items():
            known = self.rows.get(place)
            self.rows[place] = row if known is None else Row(row.last, {**known.values, **row.values})
        self.failed |= other.failed
        self.crowded |= other.crowded
        self.queries += other.queries


class UnlikeLabels(Exception):
    """A group's label is none of the values asked for, or there are more groups than an answer holds."""


class Source:
    """A dataset, and what its statements write in SQL of their own."""

    def __init__(self, dataset: SqlaTable) -> None:
        self.dataset = dataset
        self.columns: dict[str, TableColumn] = {column.column_name: column for column in dataset.columns}
        self._kinds: dict[str, GenericDataType | None] = {}

    # Superset works these out anew, from the database's address, each time they are asked for.
    @cached_property
    def engine_spec(self) -> type[BaseEngineSpec]:
        """How the dataset's database writes SQL."""
        spec: type[BaseEngineSpec] = self.dataset.database.db_engine_spec
        return spec

    def kind(self, column: str) -> GenericDataType | None:
        """Whether a column holds text, numbers, truth values or times."""
        if column not in self._kinds:
            self._kinds[column] = self.columns[column].type_generic
        return self._kinds[column]

    @cached_property
    def _quote(self) -> Callable[[str], str]:
        quote: Callable[[str], str] = self.dataset.database.get_dialect().identifier_preparer.quote
        return quote

    def sql_name(self, column: TableColumn) -> str:
        """A column as it is written in SQL."""
        return f"({column.expression})" if column.expression else self._quote(column.column_name)

    def sql_day(self, column: TableColumn, day: date) -> str:
        """The first moment of a day, as a literal to compare a time column with."""
        moment = datetime(day.year, day.month, day.day)
        # PostgreSQL computes Superset's TO_TIMESTAMP('…') anew for every row; a bare literal takes the type
        # of the column it is compared with.
        plain = issubclass(self.engine_spec, PostgresBaseEngineSpec) and not column.python_date_format
        if plain and self.engine_spec.convert_dttm(column.type or "", moment):
            return f"'{moment:%Y-%m-%d %H:%M:%S}'"
        return str(self.dataset.dttm_sql_literal(moment, column))


class Query:
    """A statement on a dataset, ready to run as the current user."""

    def __init__(self, source: Source, statement: Statement, force: bool) -> None:
        self.source = source
        self.statement = statement
        self.started = time.perf_counter()
        dataset = source.dataset
        # Superset's factory would load the dataset twice more for each statement and parse its days as text.
        self.object = QueryObject(datasource=dataset, **query_object(source, statement))
        self.context = QueryContext(
            datasource=dataset,
            queries=[self.object],
            slice_=None,
            form_data=None,
            result_type=ChartDataResultType.FULL,
            result_format=ChartDataResultFormat.JSON,
            force=force,
            cache_values={},
        )
        # It brings custom SQL into the form that the cache key is made of.
        self.object.validate()

    @cached_property
    def cache_key(self) -> str:
        """The same for everybody who is sure to get the same rows."""
        return str(self.context.query_cache_key(self.object))

    def cached(self) -> Answer | None:
        """The answer that Superset's cache holds, if it may be used and is there."""
        if self.context.force:
            return None
        entry = QueryCacheManager.get(self.cache_key, CacheRegion.DATA)
        if not entry.is_loaded:
            return None
        return self._answer(entry.df, True, entry.query, entry.cache_dttm)

    def run(self) -> Answer:
        """The answer of the database."""
        payload = self.context.get_df_payload(self.object)
        if payload["status"] == QueryStatus.FAILED or payload["error"]:
            return self.refused(payload["error"], payload["query"])
        cached = bool(payload["is_cached"])
        return self._answer(payload["df"], cached, payload["query"], payload["cached_dttm"])

    def refused(self, why: Any, sql: str | None = None) -> Answer:
        """The answer where nothing could be read."""
        return refusal(self.source.dataset, self.statement, why, self._milliseconds(), sql)

    def _answer(self, frame: pd.DataFrame, cached: bool, sql: str | None, cached_on: str | None) -> Answer:
        crowded = self.statement.by is not None and len(frame) > self.statement.most_groups
        rows = {} if crowded else dict(rows_of(self.source, self.statement, frame))
        dataset, milliseconds = self.source.dataset, self._milliseconds()
        log = log_entry(dataset, self.statement, milliseconds, rows=len(frame), cached=cached)
        log = replace(log, sql=sql or None, cached_on=cached_on if cached else None)
        return Answer(rows, queries=[log], crowded=crowded)

    def _milliseconds(self) -> float:
        return (time.perf_counter() - self.started) * 1000


def refusal(
    dataset: SqlaTable, statement: Statement, why: Any, milliseconds: float, sql: str | None = None
) -> Answer:
    """The answer of a statement of which nothing could be read."""
    failed = Failed(_short(why))
    log = replace(log_entry(dataset, statement, milliseconds, error=failed.message), sql=sql or None)
    numbers = product(statement.metrics, statement.values, statement.spans)
    return Answer(failed=dict.fromkeys(numbers, failed), queries=[log], broken=failed)


def every_number(statement: Statement, failed: Failed, counted: Answer) -> dict[Number, Failed]:
    """All numbers of a statement as failed, but for those of groups in which no rows were counted."""
    filled = {(place.values, statement.spans[0] if statement.daily else place.span) for place in counted.rows}
    groups = [group for group in product(statement.values, statement.spans) if group in filled]
    return {(metric, *group): failed for metric in statement.metrics for group in groups}


def log_entry(
    dataset: SqlaTable,
    statement: Statement,
    milliseconds: float,
    rows: int | None = None,
    cached: bool = False,
    error: str | None = None,
) -> QueryLog:
    """How a statement went, for the answer's list of queries."""
    since, until = statement.hull
    columns = statement.columns if statement.by is None else (*statement.columns, statement.by)
    return QueryLog(
        dataset_uuid=str(dataset.uuid),
        dataset=dataset.table_name,
        metrics=statement.metrics,
        since=since,
        until=until,
        windows=statement.spans,
        columns=columns,
        apart=statement.apart,
        rows=rows,
        cached=cached,
        milliseconds=round(milliseconds, 1),
        error=error,
    )


def scalar_of(kind: GenericDataType | None, value: Any) -> Scalar | None:
    """The value that a group's label must equal where a filter asks for this one; None where the database's
    idea of equality may be another."""
    if kind == GenericDataType.STRING and isinstance(value, str):
        # Superset reads these as something else than the text itself.
        special = value != value.strip("\t\n") or value in ("<NULL>", "<empty string>", "")
        return None if special else value
    if kind == GenericDataType.NUMERIC and isinstance(value, (int, float, str)) and value is not True:
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        return number if abs(number) < _EXACT_INTEGERS else None
    # SQLite and MySQL have 0 and 1 for them.
    if kind == GenericDataType.BOOLEAN and isinstance(value, int) and value in (0, 1):
        return bool(value)
    return None


def member_name(label: Any) -> str | None:
    """A member of a dimension as text; None for the rows that have none."""
    if label is None or (isinstance(label, float) and pd.isna(label)) or label is pd.NaT:
        return None
    if isinstance(label, (pd.Timestamp, datetime)):
        midnight = label.time() == datetime.min.time()
        return label.date().isoformat() if midnight else label.isoformat()
    if isinstance(label, (float, Decimal)) and label == int(label):
        return str(int(label))
    return str(label)


def query_object(source: Source, statement: Statement) -> dict[str, Any]:
    """The statement as Superset's query object."""
    time_column = source.columns[statement.rows.time_column]
    since, until = statement.hull
    window = f"{since.isoformat() if since else ''} : {until.isoformat()}"
    filters = [{"col": time_column.column_name, "op": "TEMPORAL_RANGE", "val": window}]
    filters += json.loads(statement.rows.filters)
    groups = []
    for index, name in enumerate(statement.columns):
        asked = list(dict.fromkeys(_plain_number(values[index]) for values in statement.values))
        if len(statement.values) == 1:
            filters.append({"col": name, "op": "==", "val": asked[0]})
        else:
            filters.append({"col": name, "op": "IN", "val": asked})
            groups.append(_reference(f"{GROUP}{index}", name))
    if statement.by is not None:
        groups.append(_reference(MEMBER, statement.by))
    if statement.daily:
        day = {**_reference(PERIOD, time_column.column_name), "timeGrain": DAILY, "columnType": "BASE_AXIS"}
        groups.append(day)
    elif len(statement.spans) > 1:
        groups.append({"label": PERIOD, "sqlExpression": _periods(source, time_column, statement.spans)})
    newest = {
        "expressionType": "SIMPLE",
        "aggregate": "MAX",
        "column": {"column_name": time_column.column_name},
        "label": LAST,
    }
    where = [statement.rows.where, _gaps(source, time_column, statement.spans)]
    return {
        "metrics": [*statement.metrics, newest, COUNT_ROWS],
        "columns": [{**group, "expressionType": "SQL"} for group in groups],
        "filters": filters,
        "extras": {"having": "", "where": " AND ".join(part for part in where if part)},
        "orderby": [],
        "is_timeseries": False,
        "from_dttm": since and datetime(since.year, since.month, since.day),
        "to_dttm": datetime(until.year, until.month, until.day),
        "row_limit": statement.most_groups + 1,
    }


def _reference(label: str, column: str) -> dict[str, Any]:
    return {"label": label, "sqlExpression": column, "isColumnReference": True}


def _periods(source: Source, column: TableColumn, spans: tuple[Span, ...]) -> str:
    """Which of the spans a row lies in; the rows of no span are filtered out."""
    name = source.sql_name(column)
    cases = (
        f"WHEN {name} < {source.sql_day(column, span[1])} THEN {index}"
        for index, span in enumerate(spans[:-1])
    )
    return f"CASE {' '.join(cases)} ELSE {len(spans) - 1} END"


def _gaps(source: Source, column: TableColumn, spans: tuple[Span, ...]) -> str:
    """A condition for the rows between spans that do not touch; the rows around them are out already."""
    gaps = [(until, since) for (_since, until), (since, _until) in pairwise(spans) if since and until < since]
    if not gaps:
        return ""
    name = source.sql_name(column)
    conditions = (
        f"({name} < {source.sql_day(column, until)} OR {name} >= {source.sql_day(column, since)})"
        for until, since in gaps
    )
    return " AND ".join(conditions)


def rows_of(source: Source, statement: Statement, frame: pd.DataFrame) -> Iterator[tuple[Place, Row]]:
    """The answer's rows, each with its place; a place without rows is left out.

    :raises UnlikeLabels: where the labels do not tell for sure which row belongs to which values
    """
    if len(frame) > statement.most_groups:
        raise UnlikeLabels
    time_column = source.columns[statement.rows.time_column]
    grouped = len(statement.values) > 1
    asked = [set(some) for some in zip(*statement.values, strict=True)]
    combinations = set(statement.values)
    names = list(frame.columns)
    for cells in frame.astype(object).to_numpy().tolist():
        record = dict(zip(names, cells, strict=True))
        if not int(record[ROWS]):
            continue
        values: tuple[Scalar | None, ...] = statement.values[0]
        if grouped:
            values = tuple(
                scalar_of(source.kind(name), _plain(record[f"{GROUP}{index}"]))
                for index, name in enumerate(statement.columns)
            )
            if any(value not in some for value, some in zip(values, asked, strict=True)):
                raise UnlikeLabels
            # Each value was asked for, but not all of them together.
            if values not in combinations:
                continue
        member = member_name(record[MEMBER]) if statement.by is not None else None
        last = _day(record[LAST], time_column, source.dataset)
        numbers = {name: outcome_of_cell(record[name]) for name in statement.metrics}
        yield Place(_span_of(statement, record), cast(Values, values), member), Row(last, numbers)


def _span_of(statement: Statement, record: Mapping[str, Any]) -> Span:
    if statement.daily:
        day = pd.Timestamp(record[PERIOD]).date()
        return day, day
    return statement.spans[int(record[PERIOD])] if len(statement.spans) > 1 else statement.spans[0]


def _plain_number(value: Scalar) -> Scalar:
    """Whole numbers without a point: compared with one, a database cannot use an integer column's index."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _plain(label: Any) -> Any:
    """A label as Python's own type."""
    if isinstance(label, Decimal):
        return float(label)
    return label.item() if hasattr(label, "item") else label


def outcome_of_cell(cell: Any) -> Outcome:
    """The metric's number in a cell; NULL is missing, text, dates and anything else are errors."""
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return outcome_of(None)
    if isinstance(cell, (Real, Decimal)) and not isinstance(cell, bool):
        return outcome_of(cell)
    return Undefined(Reason.ERROR, _("it gives text or a date; a KPI needs a number."))


def _day(cell: Any, column: TableColumn, dataset: SqlaTable) -> date | Undefined | None:
    """The day that a time column's greatest value stands for."""
    date_format = column.python_date_format
    try:
        if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)):
            return None
        if date_format in ("epoch_s", "epoch_ms"):
            seconds = float(cell) / (1000 if date_format == "epoch_ms" else 1)
            return datetime.fromtimestamp(seconds, tz=timezone.utc).date()
        if isinstance(cell, str) and date_format:
            return datetime.strptime(cell, date_format).date()
        stamp = pd.Timestamp(cell)
        return None if stamp is pd.NaT else stamp.date()
    except (ValueError, OverflowError, OSError):
        text = _(
            "The time column %(column)s of %(name)s holds no dates that can be understood: set its "
            "datetime format in the dataset.",
            column=column.column_name,
            name=dataset.table_name,
        )
        return Undefined(Reason.ERROR, text)


def _short(message: Any) -> str:
    text = " ".join(str(message or "").split()) or _("Superset gave no reason; its log may.")
    return text if len(text) <= MESSAGE_LENGTH else f"{text[:MESSAGE_LENGTH]}…"
