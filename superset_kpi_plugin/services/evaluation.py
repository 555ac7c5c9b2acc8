"""One evaluation from start to end: choose the window, read the metrics as the viewer, compute, tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.engine import evaluate
from superset_kpi_plugin.rollup.override import NodeOverride, Override
from superset_kpi_plugin.rollup.overrides import Changed, overridden
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.shapes import seasonal_keys
from superset_kpi_plugin.rollup.spec import TreeSpec
from superset_kpi_plugin.rollup.types import Accumulation, Source
from superset_kpi_plugin.rollup.window import View, Window
from superset_kpi_plugin.schemas import user_document
from superset_kpi_plugin.security import may_view_sql
from superset_kpi_plugin.services.comparing import past_of
from superset_kpi_plugin.services.describing import describe_reason, describe_view, plain
from superset_kpi_plugin.services.members import Dimension, dimension_of
from superset_kpi_plugin.services.queries import QueryLog
from superset_kpi_plugin.services.reading import Asked, Origin, ReadPlan, ReadRequest, read_together
from superset_kpi_plugin.services.references import find_users
from superset_kpi_plugin.services.specs import (
    StoredLink,
    StoredNode,
    Tree,
    definition_of,
    with_holidays,
    with_targets,
)
from superset_kpi_plugin.services.target_metrics import target_order
from superset_kpi_plugin.services.trees import MASK
from superset_kpi_plugin.services.windows import absolute_filters, choose_window

NUMBERS = (
    *("actual", "target", "baseline", "lower", "upper", "variance", "attainment", "score", "coverage"),
    *("expected", "elapsed", "pace", "paced_score", "forecast", "forecast_attainment", "needed_per_day"),
    "unexplained",
)
LINK_LABELS = ("parent", "child", "kind", "weight", "order", "operator")
METRIC_LABELS = ("dataset_uuid", "metric_name", "filters")
_numbers = attrgetter(*NUMBERS)
_link_labels = attrgetter(*LINK_LABELS)


@dataclass
class TreeReader:
    """A tree about to be evaluated for one request, perhaps over several windows; it notes what was read."""

    tree: Tree
    spec: TreeSpec
    nodes: Sequence[StoredNode]
    links: Sequence[StoredLink]
    view: View
    filters: list[dict[str, Any]]
    force: bool
    queries: list[QueryLog] = field(default_factory=list)
    not_applied: dict[int, list[str]] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    overrides: Mapping[str, NodeOverride] = field(default_factory=dict)
    supposed: Changed | None = None
    dimension: Dimension | None = None
    by: dict[str, Any] | None = None
    sql: bool = False

    def evaluate(self) -> Evaluation:
        """The tree over the request's own view; `supposed` then is the tree as the overrides make it."""
        return self.evaluate_with()[0]

    def evaluate_with(self, *others: Asked) -> list[Evaluation]:
        """The tree over the request's own view, where overrides hold, and as it is stored over other views.

        All of them are read together. Where there is a dimension, `by` then tells the own view by members.
        """
        dimension = self.dimension
        asked = [*others, *(dimension.asked if dimension else ())]
        seasonal = seasonal_keys(self.spec)
        requests = [
            _request(node, node.metric, node.key in seasonal)
            for node in self.nodes
            if node.metric is not None
        ]
        plan = ReadPlan(self.spec.calendar, self.view, asked, self.filters, self.force)
        if dimension is not None:
            plan = replace(plan, by=dimension.column, members=dimension.named)
        views = [one.view for one in plan.asked]
        order = target_order(self.nodes, self.spec.calendar, views, self.filters, self.force)
        orders = [(requests, plan)] if order is None else [(requests, plan), (order.requests, order.plan)]
        read, *targets = read_together(*orders)
        if order is not None:
            self.spec = with_targets(self.spec, order.rows(targets[0].views))
        self.queries += [query for result in (read, *targets) for query in result.queries]
        self.not_applied, self.origins = read.not_applied, read.origins
        window, day = self.view.window, self.view.as_of
        self.supposed = overridden(self.spec, window, day, read.views[0], self.overrides)
        own = evaluate(self.supposed.tree, window, day, self.supposed.readings)
        pairs = zip(asked, read.views[1:], strict=True)
        found = [evaluate(self.spec, one.view.window, one.view.as_of, some) for one, some in pairs]
        if dimension is not None:
            self.by = dimension.describe(
                self.supposed.tree, self.view, self.supposed.readings, read, found[len(others) :]
            )
        return [own, *found[: len(others)]]

    def evaluate_each(self, views: Sequence[View]) -> list[Evaluation]:
        """The tree as it is stored over each of these views, without overrides."""
        return self.evaluate_with(*map(Asked, views))[1:]

    def missed_filters(self) -> list[dict[str, Any]]:
        """The viewer's filters that did not reach some nodes, with those nodes.

        They reach no typed-in value.
        """
        manual = [node.key for node in self.nodes if node.source == Source.MANUAL.value]
        missed = ((item, self.not_applied.get(index, []) + manual) for index, item in enumerate(self.filters))
        return [{"filter": item, "nodes": keys} for item, keys in missed if keys]

    def described(self, root: str) -> dict[str, Any]:
        """Which tree and which days an answer is about."""
        tree = self.tree
        return {
            "tree": {
                "uuid": tree.uuid and str(tree.uuid),
                "slug": tree.slug,
                "version": tree.version,
                "root": root,
            },
            "window": describe_view(self.spec, self.view),
        }

    def noted(self) -> dict[str, Any]:
        """What was read for an answer, and what the viewer's filters did not reach."""
        return {
            "queries": [_describe_query(entry, self.sql) for entry in self.queries],
            "filters_not_applied": self.missed_filters(),
        }


def open_tree(
    tree: Tree,
    as_of: date | None = None,
    period: str | None = None,
    time_range: str | None = None,
    filters: Sequence[dict[str, Any]] = (),
    force: bool = False,
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
    window: Window | None = None,
) -> TreeReader:
    """A reader of the tree for what a request asks, or over a window that is chosen already.

    :raises InvalidDocumentError: a period, time range or as-of day that means no window, an unknown node
    """
    definition = definition_of(tree)
    spec = definition.spec
    day = as_of or today_of(tree)
    window = window or choose_window(spec.calendar, day, period, time_range)
    spec = with_holidays(spec, tree.holidays, window)
    reader = TreeReader(
        tree, spec, definition.nodes, definition.links, View(window, day), absolute_filters(filters), force
    )
    reader.overrides = {key: _override(spec, key, row) for key, row in (overrides or {}).items()}
    return reader


def today_of(tree: Tree) -> date:
    """Which day it is where the tree is at home."""
    return datetime.now(ZoneInfo(tree.time_zone)).date()


def _override(spec: TreeSpec, key: str, row: Mapping[str, Any]) -> NodeOverride:
    check_node(spec, key, f"overrides.{key[:100]}")
    return NodeOverride(*(row[name] and Override(**row[name]) for name in ("actual", "target")))


def check_node(spec: TreeSpec, key: str, field_path: str) -> None:
    """:raises InvalidDocumentError: the tree has no node of this key"""
    if key not in spec.nodes:
        raise InvalidDocumentError({field_path: [_("The tree has no node with this key.")]})


def evaluate_tree(
    tree: Tree,
    history: int = 0,
    compare: Sequence[str] = (),
    by: str | None = None,
    sql: bool = False,
    **question: Any,
) -> dict[str, Any]:
    """The evaluation that `docs/api.md` describes, as the current user; `open_tree` takes the question."""
    reader = open_tree(tree, **question)
    reader.dimension = dimension_of(tree, reader.spec, reader.view, by) if by else None
    reader.sql = sql and may_view_sql()
    past = past_of(reader.spec.calendar, reader.view, history, compare)
    evaluation, *others = reader.evaluate_with(*past.asked)
    disagreement = evaluation.disagreement
    return {
        "tree": _describe_tree(reader, evaluation.root),
        "window": describe_view(reader.spec, reader.view),
        "headline": {
            "key": evaluation.root,
            "disagreement": plain(asdict(disagreement)) if disagreement else None,
        },
        "nodes": {key: _describe_result(result) for key, result in evaluation.nodes.items()},
        **past.describe(reader.spec, evaluation, others),
        "by": reader.by,
        "overridden": sorted(reader.overrides),
        **reader.noted(),
    }


def _describe_query(entry: QueryLog, sql: bool) -> dict[str, Any]:
    windows = [[day and day.isoformat() for day in window] for window in entry.windows]
    told = {**plain(vars(entry)), "windows": windows}
    if not sql:
        del told["sql"]
    return told


def _request(node: StoredNode, metric: Mapping[str, Any], seasonal: bool) -> ReadRequest:
    accumulation = Accumulation(node.accumulation)
    return ReadRequest(node.key, metric, accumulation, node.stock_reading, node.shift, seasonal)


def _describe_tree(reader: TreeReader, root: str) -> dict[str, Any]:
    tree = reader.tree
    owners = find_users({node.owner_id for node in reader.nodes if node.owner_id is not None})
    return {
        "uuid": tree.uuid and str(tree.uuid),
        **{
            name: getattr(tree, name)
            for name in ("slug", "name", "description", "grain", "version", "published")
        },
        "root": root,
        "nodes": [_describe_node(node, reader, owners) for node in reader.nodes],
        "links": [dict(zip(LINK_LABELS, _link_labels(link), strict=True)) for link in reader.links],
    }


def _describe_node(node: StoredNode, reader: TreeReader, owners: Mapping[int, Any]) -> dict[str, Any]:
    limits = reader.tree if node.on_track is None else node
    return {
        **node.labels,
        "owner": user_document(owners.get(node.owner_id)) if node.owner_id is not None else None,
        "thresholds": {"on_track": limits.on_track, "at_risk": limits.at_risk},
        "metric": _describe_metric(node, reader.origins.get(node.key)),
    }


def _describe_metric(node: StoredNode, origin: Origin | None) -> dict[str, Any] | None:
    """What a node's number was read from; masked where the viewer may not read the dataset, or it is gone."""
    if node.metric is None:
        return None
    if origin is None:
        return dict(MASK)
    span = origin.span and f"{origin.span[0] or ''} : {origin.span[1]}"
    return {
        **{name: node.metric[name] for name in METRIC_LABELS},
        "dataset_id": origin.dataset_id,
        "dataset": origin.dataset,
        "time_column": origin.time_column,
        "time_range": span,
    }


def _describe_result(result: NodeResult) -> dict[str, Any]:
    told: dict[str, Any] = dict(zip(NUMBERS, _numbers(result), strict=True))
    told["status"] = result.status.value
    told["reason"] = result.reason.value if result.reason else None
    told["reasons"] = {name: describe_reason(undefined) for name, undefined in result.reasons.items()}
    told["target_derived"] = result.target_derived
    told["targets_gap"] = [plain(asdict(gap)) for gap in result.targets_gap]
    told["data_through"] = result.data_through.isoformat() if result.data_through else None
    return told
