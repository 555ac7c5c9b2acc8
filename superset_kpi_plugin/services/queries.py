"""Single statements: a fused query, halved where one of its metrics fails, and a dataset's last day."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any

import pandas as pd
from superset.commands.chart.data.get_data_command import ChartDataCommand
from superset.common.chart_data import ChartDataResultFormat, ChartDataResultType
from superset.common.db_query_status import QueryStatus
from superset.common.query_context_factory import QueryContextFactory
from superset.connectors.sqla.models import SqlaTable, TableColumn

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.types import Outcome, Reason, Undefined, outcome_of

logger = logging.getLogger(__name__)

ROWS = "__kpi_rows"
LAST = "__kpi_last"
MESSAGE_LENGTH = 500
COUNT_ROWS = {"expressionType": "SQL", "sqlExpression": "COUNT(*)", "label": ROWS}

Span = tuple["date | None", date]


@dataclass(frozen=True)
class Query:
    """One statement: these saved metrics over `span` of the time column, under filters."""

    time_column: str
    span: Span
    filters: tuple[dict[str, Any], ...]
    where: str
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Failed:
    """A metric that could not be read, in the words of the database or of Superset."""

    message: str


@dataclass(frozen=True)
class QueryLog:
    """What ran, for the person who asks where a number comes from or where the time went."""

    dataset_uuid: str
    dataset: str
    metrics: tuple[str, ...]
    since: date | None
    until: date
    rows: int | None
    cached: bool
    milliseconds: float
    error: str | None


class QueryRunner:
    """Runs statements on one dataset as the viewer, through Superset's access check, cache and limits."""

    def __init__(self, dataset: SqlaTable, force: bool, log: list[QueryLog]) -> None:
        self.dataset = dataset
        self.force = force
        self.log = log

    def values(self, query: Query) -> dict[str, Outcome | Failed | None]:
        """A value per metric; None for all of them where no row matched.

        One bad metric fails the whole statement, so a failed one is halved until the bad metrics stand alone:
        a few statements for one bad metric among many. Where not even counting rows works, the filters are to
        blame.
        """
        answer = self._run(query, [*query.metrics, COUNT_ROWS])
        if isinstance(answer, Failed) and len(query.metrics) > 1:
            blameless = self._run(query, [COUNT_ROWS])
            return (
                dict.fromkeys(query.metrics, blameless)
                if isinstance(blameless, Failed)
                else self._halves(query)
            )
        return _values(answer, query.metrics)

    def _halves(self, query: Query) -> dict[str, Outcome | Failed | None]:
        values: dict[str, Outcome | Failed | None] = {}
        middle = len(query.metrics) // 2
        for half in (query.metrics[:middle], query.metrics[middle:]):
            part = replace(query, metrics=half)
            answer = self._run(part, [*half, COUNT_ROWS])
            alone = not isinstance(answer, Failed) or len(half) == 1
            values |= _values(answer, half) if alone else self._halves(part)
        return values

    def last_day(self, column: TableColumn, span: Span) -> date | Undefined | None:
        """The last day with data in `span`, filters aside; None where there is no data."""
        name = self.dataset.table_name
        newest = {
            "expressionType": "SIMPLE",
            "aggregate": "MAX",
            "column": {"column_name": column.column_name},
            "label": LAST,
        }
        answer = self._run(Query(column.column_name, span, (), "", ()), [newest])
        if isinstance(answer, Failed):
            text = _("The dataset %(name)s could not be read: %(why)s", name=name, why=answer.message)
            return Undefined(Reason.ERROR, text)
        try:
            return _day(answer[LAST].iloc[0] if len(answer) else None, column.python_date_format)
        except ValueError:
            text = _(
                "The time column %(column)s of %(name)s holds no dates that can be understood: set its "
                "datetime format in the dataset.",
                column=column.column_name,
                name=name,
            )
            return Undefined(Reason.ERROR, text)

    def _run(self, query: Query, metrics: list[Any]) -> pd.DataFrame | Failed:
        started = time.perf_counter()
        payload: dict[str, Any] = {}
        try:
            context = QueryContextFactory().create(
                datasource={"id": self.dataset.id, "type": "table"},
                queries=[_query_object(query, metrics)],
                result_type=ChartDataResultType.FULL,
                result_format=ChartDataResultFormat.JSON,
                force=self.force,
            )
            ChartDataCommand(context).validate()
            payload = context.get_df_payload(context.queries[0])
            failed = payload["status"] == QueryStatus.FAILED or payload["error"]
            answer = Failed(_short(payload["error"])) if failed else payload["df"]
        # Broken Jinja or SQL raises anything at all, and must stay this query's problem.
        except Exception as ex:
            logger.warning("A KPI tree's query on dataset %s failed", self.dataset.uuid, exc_info=True)
            answer = Failed(_short(getattr(ex, "message", None) or str(ex)))
        self._note(query, answer, bool(payload.get("is_cached")), (time.perf_counter() - started) * 1000)
        return answer

    def _note(self, query: Query, answer: pd.DataFrame | Failed, cached: bool, milliseconds: float) -> None:
        error = answer.message if isinstance(answer, Failed) else None
        entry = QueryLog(
            dataset_uuid=str(self.dataset.uuid),
            dataset=self.dataset.table_name,
            metrics=query.metrics,
            since=query.span[0],
            until=query.span[1],
            rows=None if isinstance(answer, Failed) else len(answer),
            cached=cached,
            milliseconds=round(milliseconds, 1),
            error=error,
        )
        self.log.append(entry)


def _query_object(query: Query, metrics: list[Any]) -> dict[str, Any]:
    since, until = query.span
    window = f"{since.isoformat() if since else ''} : {until.isoformat()}"
    return {
        "metrics": metrics,
        "columns": [],
        "filters": [{"col": query.time_column, "op": "TEMPORAL_RANGE", "val": window}, *query.filters],
        "extras": {"having": "", "where": query.where},
        "orderby": [],
        "is_timeseries": False,
        "annotation_layers": [],
    }


def _values(answer: pd.DataFrame | Failed, names: Sequence[str]) -> dict[str, Outcome | Failed | None]:
    """What one statement says of each of its metrics."""
    if isinstance(answer, Failed):
        return dict.fromkeys(names, answer)
    rows = int(answer[ROWS].iloc[0]) if len(answer) else 0
    return {name: outcome_of_cell(answer, name) if rows else None for name in names}


def outcome_of_cell(answer: pd.DataFrame, name: str) -> Outcome:
    """The metric's number in a one-row answer; text and dates are errors, NULL is missing."""
    cell = answer[name].iloc[0]
    if isinstance(cell, (str, bytes, bool, date, pd.Timestamp)):
        return Undefined(Reason.ERROR, _("it gives text or a date; a KPI needs a number."))
    return outcome_of(None if cell is None or cell is pd.NaT else cell)


def _day(cell: Any, date_format: str | None) -> date | None:
    """The day that a time column's greatest value stands for.

    :raises ValueError: nothing that can be read as a time
    """
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)):
        return None
    if date_format in ("epoch_s", "epoch_ms"):
        seconds = float(cell) / (1000 if date_format == "epoch_ms" else 1)
        return datetime.fromtimestamp(seconds, tz=timezone.utc).date()
    if isinstance(cell, str) and date_format:
        return datetime.strptime(cell, date_format).date()
    stamp = pd.Timestamp(cell)
    return None if stamp is pd.NaT else stamp.date()


def _short(message: Any) -> str:
    text = " ".join(str(message or "").split()) or _("Superset gave no reason; its log may.")
    return text if len(text) <= MESSAGE_LENGTH else f"{text[:MESSAGE_LENGTH]}…"
