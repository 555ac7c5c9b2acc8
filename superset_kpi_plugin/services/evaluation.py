"""One evaluation from start to end: choose the window, read the metrics as the viewer, compute, tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from superset.common.utils.time_range_utils import get_since_until_from_time_range

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.models import KpiNode, KpiTree
from superset_kpi_plugin.rollup.engine import evaluate
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import name_of, period_of, view_of
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult, Reading
from superset_kpi_plugin.rollup.spec import Calendar, TreeSpec
from superset_kpi_plugin.rollup.types import Accumulation, Reason, Source, Undefined
from superset_kpi_plugin.rollup.window import DAY, View, Window
from superset_kpi_plugin.services.documents import link_documents
from superset_kpi_plugin.services.reading import ReadRequest, ReadResult, read_metrics
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
    read = _read(tree, spec, view, filters, force)
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
            return _window_of_period(calendar, period)
        return period_of(calendar, as_of)
    except PeriodError as ex:
        raise InvalidDocumentError({field: [str(ex)]}) from None


def _window_of_period(calendar: Calendar, period: str) -> Window:
    for row in reversed(calendar.custom_periods):
        if row.name == period:
            return Window(row.start, row.end)
    padded = {4: f"{period}-01-01", 7: f"{period}-01"}.get(len(period), period)
    try:
        return period_of(calendar, date.fromisoformat(padded))
    except ValueError as ex:
        if isinstance(ex, PeriodError):
            raise
        text = (
            f"{period[:100]} is neither a period's name nor a day in it: write 2026-10-01, 2026-10 or 2026."
        )
        raise PeriodError(text) from None


def _window_of_range(time_range: str, as_of: date) -> Window:
    """Whole days of a Superset time range; one without an end runs to the as-of day.

    Relative ranges count from today, as everywhere in Superset, whatever the as-of day.
    """
    try:
        since, until = get_since_until_from_time_range(time_range)
    except Exception as ex:  # Superset's parser raises whatever its grammar and dateutil raise
        raise PeriodError(f"This time range cannot be understood: {str(ex)[:200]}") from None
    if since is None:
        raise PeriodError("A time range for a KPI tree needs a start.")
    last = until.date() if until and until.time() == datetime.min.time() else until and until.date() + DAY
    return Window(since.date(), last or max(as_of + DAY, since.date() + DAY))


def _read(
    tree: KpiTree, spec: TreeSpec, view: View, filters: Sequence[dict[str, Any]], force: bool
) -> ReadResult:
    requests, unreachable = [], {}
    for node in tree.nodes:
        if node.source != Source.METRIC.value:
            continue
        try:
            node_view = view_of(spec.calendar, view, node.shift)
        except PeriodError as ex:
            unreachable[node.key] = Reading(Undefined(Reason.NO_DATA, str(ex)))
        else:
            requests.append(_request(node, node_view))
    read = read_metrics(requests, filters, force)
    read.readings.update(unreachable)
    manual = [node.key for node in tree.nodes if node.source == Source.MANUAL.value]
    for index in range(len(filters)):
        if manual:
            read.not_applied.setdefault(index, []).extend(manual)
    return read


def _request(node: KpiNode, view: View) -> ReadRequest:
    return ReadRequest(node.key, node.metric, Accumulation(node.accumulation), node.stock_reading, view)


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
    owner = node.owner
    return {
        "uuid": str(node.uuid),
        **{name: getattr(node, name) for name in NODE_LABELS},
        "owner": {"id": owner.id, "first_name": owner.first_name, "last_name": owner.last_name}
        if owner
        else None,
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
        "targets_gap": [_plain({**asdict(gap), "gap": gap.gap}) for gap in result.targets_gap],
        "data_through": result.data_through.isoformat() if result.data_through else None,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
