"""Targets read from a metric: each period's value counts as that period's row (domain, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import before_or_none, periods_over
from superset_kpi_plugin.rollup.spec import Calendar, PeriodTarget
from superset_kpi_plugin.rollup.types import Accumulation, Reason, Undefined
from superset_kpi_plugin.rollup.window import View, Window
from superset_kpi_plugin.services.reading import Asked, Filter, Readings, ReadPlan, ReadRequest
from superset_kpi_plugin.services.specs import StoredNode, Targets


@dataclass(frozen=True)
class TargetOrder:
    """What to read for the nodes with a target metric, over whole periods, whatever the as-of day."""

    requests: Sequence[ReadRequest]
    plan: ReadPlan

    def rows(self, views: Sequence[Readings]) -> Mapping[str, Targets]:
        """The targets by node key, from the readings of the plan's views."""
        return {request.key: self._rows_of(request, views) for request in self.requests}

    def _rows_of(self, request: ReadRequest, views: Sequence[Readings]) -> Targets:
        rows: list[PeriodTarget] = []
        for asked, readings in zip(self.plan.asked, views, strict=True):
            value = readings[request.key].actual
            if isinstance(value, Undefined):
                if value.code in (Reason.RESTRICTED, Reason.ERROR):
                    return value
                continue
            own = before_or_none(self.plan.calendar, asked.view.window, request.shift)
            if own is not None:
                rows.append(PeriodTarget(own.since, own.until, value))
        return rows


def target_order(
    stored: Iterable[StoredNode],
    calendar: Calendar,
    views: Iterable[View],
    filters: Sequence[Filter],
    force: bool,
) -> TargetOrder | None:
    """What the targets of these views need read; None where no node has a target metric."""
    nodes = [(node, node.target_metric) for node in stored if node.target_metric]
    windows = {view.window for view in views} if nodes else set()
    periods = set(chain.from_iterable(_periods(calendar, window) for window in windows))
    if not periods:
        return None
    first, *rest = (View(period, period.last_day) for period in sorted(periods, key=lambda one: one.since))
    requests = [
        # Nothing found is no target; the period's rows are read whatever the node's actual is.
        ReadRequest(node.key, {**metric, "empty": "missing"}, Accumulation.FLOW, "", node.shift)
        for node, metric in nodes
    ]
    return TargetOrder(requests, ReadPlan(calendar, first, list(map(Asked, rest)), filters, force))


def _periods(calendar: Calendar, window: Window) -> Sequence[Window]:
    try:
        return periods_over(calendar, window)
    except PeriodError:  # the engine says so too where it derives targets
        return ()
