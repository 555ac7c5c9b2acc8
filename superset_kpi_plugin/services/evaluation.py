"""One evaluation from start to end: choose the window, read the metrics as the viewer, compute, tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from superset.common.utils.time_range_utils import get_since_until_from_time_range

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import KpiNode, KpiTree
from superset_kpi_plugin.rollup.engine import evaluate
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import name_of, period_named, period_of
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.spec import Calendar, TreeSpec
from superset_kpi_plugin.rollup.types import Accumulation, Source
from superset_kpi_plugin.rollup.window import DAY, View, Window
from superset_kpi_plugin.schemas import user_document
from superset_kpi_plugin.services.documents import link_documents
from superset_kpi_plugin.services.reading import (
    TEMPORAL_RANGE,
    ReadPlan,
    ReadRequest,
    ReadResult,
    read_metrics,
)
from superset_kpi_plugin.services.specs import spec_of

NO_FILTER = "No filter"
NUMBERS = (
    *(
        "actual",
        "target",
        "baseline",
        "lower",
        "upper",
        "variance",
        "attainment",
        "score",
        "coverage",
        "expected",
    ),
    *("elapsed", "pace", "paced_score", "forecast", "forecast_attainment", "needed_per_day", "unexplained"),
)
NODE_LABELS = (
    *("key", "name", "description", "department", "unit", "d3format", "direction", "accumulation", "source"),
    *("formula", "rollup_method"),
)


def evaluate_tree(
    tree: KpiTree,
    as_of: date | None = None,
    period: str | None = None,
    time_range: str | None = None,
    filters: Sequence[dict[str, Any]] = (),
    force: bool = False,
) -> dict[str, Any]:
    """The evaluation that `docs/api.md` describes, as the current user.

    :raises InvalidDocumentError: a period, time range or as-of day that means no window
    """
    spec = spec_of(tree)
    day = as_of or datetime.now(ZoneInfo(tree.time_zone)).date()
    window = choose_window(spec.calendar, day, period, time_range)
    view = View(window, day)
    filters = _absolute(filters)
    read = _read(tree, ReadPlan(spec.calendar, view, filters, force))
    evaluation = evaluate(spec, window, day, read.readings)
    return {
        "tree": _describe_tree(tree, spec, evaluation.root),
        "window": {
            "since": window.since.isoformat(),
            "until": window.until.isoformat(),
            "as_of": day.isoformat(),
            "closed": view.closed,
            "name": name_of(spec.calendar, window),
        },
        "headline": _headline(evaluation),
        "nodes": {key: _describe_result(result) for key, result in evaluation.nodes.items()},
        "queries": [_plain(asdict(entry)) for entry in read.queries],
        "filters_not_applied": [
            {"filter": filters[index], "nodes": keys} for index, keys in sorted(read.not_applied.items())
        ],
    }


def choose_window(calendar: Calendar, as_of: date, period: str | None, time_range: str | None) -> Window:
    """The window that a request asks for: a period, a time range, else the period of the as-of day."""
    field = "period" if period else "time_range" if time_range else "as_of"
    try:
        if time_range and time_range != NO_FILTER:
            return _window_of_range(time_range, as_of)
        if period:
            return period_named(calendar, period)
        return period_of(calendar, as_of)
    except PeriodError as ex:
        raise InvalidDocumentError({field: [str(ex)]}) from None


def _range(time_range: str) -> tuple[datetime | None, datetime | None]:
    """A Superset time range as moments; relative ones count from today, whatever the as-of day.

    :raises PeriodError: nothing that Superset understands
    """
    try:
        return get_since_until_from_time_range(time_range)
    except Exception as ex:  # Superset's parser raises whatever its grammar and dateutil raise
        text = _("This time range cannot be understood: %(why)s", why=str(ex)[:200])
        raise PeriodError(text) from None


def _window_of_range(time_range: str, as_of: date) -> Window:
    """Whole days of a Superset time range; one without an end runs to the as-of day."""
    since, until = _range(time_range)
    if since is None:
        raise PeriodError(_("A time range for a KPI tree needs a start."))
    try:
        if until is None:
            return Window(since.date(), max(as_of, since.date()) + DAY)
        whole = until.time() == datetime.min.time()
        return Window(since.date(), until.date() if whole else until.date() + DAY)
    except OverflowError:
        raise PeriodError(_("This time range ends after the year 9999.")) from None


def _absolute(filters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The viewer's filters with relative time ranges as dates: a cache key must not outlive what it means."""
    resolved = []
    for index, item in enumerate(filters):
        if item["op"] == TEMPORAL_RANGE:
            try:
                since, until = _range(str(item["val"]))
            except PeriodError as ex:
                raise InvalidDocumentError({f"filters.{index}.val": [str(ex)]}) from None
            if since is None and until is None:
                continue
            ends = (moment.isoformat() if moment else "" for moment in (since, until))
            item = {**item, "val": " : ".join(ends)}
        resolved.append(item)
    return resolved


def _read(tree: KpiTree, plan: ReadPlan) -> ReadResult:
    read = read_metrics([_request(node) for node in tree.nodes if node.source == Source.METRIC.value], plan)
    manual = [node.key for node in tree.nodes if node.source == Source.MANUAL.value]
    for index in range(len(plan.filters)):
        if manual:
            read.not_applied.setdefault(index, []).extend(manual)
    return read


def _request(node: KpiNode) -> ReadRequest:
    accumulation = Accumulation(node.accumulation)
    return ReadRequest(node.key, node.metric, accumulation, node.stock_reading, node.shift)


def _describe_tree(tree: KpiTree, spec: TreeSpec, root: str) -> dict[str, Any]:
    formulas = {key: node.formula for key, node in spec.nodes.items() if node.formula is not None}
    links = []
    for link in link_documents(tree):
        operator = formulas[link["parent"]].operator_of(link["child"]) if link["parent"] in formulas else None
        link = {name: link[name] for name in ("parent", "child", "kind", "weight", "order")}
        links.append({**link, "operator": operator.value if operator else None})
    return {
        "uuid": str(tree.uuid),
        **{
            name: getattr(tree, name)
            for name in ("slug", "name", "description", "grain", "version", "published")
        },
        "root": root,
        "nodes": [_describe_node(node) for node in tree.nodes],
        "links": links,
    }


def _describe_node(node: KpiNode) -> dict[str, Any]:
    return {
        "uuid": str(node.uuid),
        **{name: getattr(node, name) for name in NODE_LABELS},
        "owner": user_document(node.owner),
    }


def _headline(evaluation: Evaluation) -> dict[str, Any]:
    disagreement = evaluation.disagreement
    return {"key": evaluation.root, "disagreement": _plain(asdict(disagreement)) if disagreement else None}


def _describe_result(result: NodeResult) -> dict[str, Any]:
    return {
        **{name: getattr(result, name) for name in NUMBERS},
        "status": result.status.value,
        "reason": result.reason.value if result.reason else None,
        "reasons": {
            name: {"code": undefined.code.value, "message": undefined.message}
            for name, undefined in result.reasons.items()
        },
        "target_derived": result.target_derived,
        "targets_gap": [_plain(asdict(gap)) for gap in result.targets_gap],
        "data_through": result.data_through.isoformat() if result.data_through else None,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
