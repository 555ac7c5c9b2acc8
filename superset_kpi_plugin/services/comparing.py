"""A tree's past beside its present: the last periods, the period before, the same period a year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from superset_kpi_plugin.i18n import told_of
from superset_kpi_plugin.rollup.comparison import Change, compared
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import before, cut, last_periods, year_before
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.spec import Calendar, TreeSpec
from superset_kpi_plugin.rollup.types import Reason, Undefined
from superset_kpi_plugin.rollup.window import View
from superset_kpi_plugin.services.describing import describe_reason, describe_view
from superset_kpi_plugin.services.reading import Asked

PREVIOUS_PERIOD = "previous_period"
PREVIOUS_YEAR = "previous_year"
EARLIER = {PREVIOUS_PERIOD: before, PREVIOUS_YEAR: year_before}


def earlier_view(calendar: Calendar, view: View, name: str) -> View:
    """The view that `name` compares with, cut to as many days while the view's window is open.

    :raises PeriodError: it would lie before the tree's first period
    """
    return cut(view, EARLIER[name](calendar, view.window))


@dataclass(frozen=True)
class Past:
    """What an answer tells of the past: the last periods and the comparisons, and why one cannot be made."""

    periods: Sequence[View]
    earlier: Mapping[str, View | Undefined]

    @property
    def asked(self) -> list[Asked]:
        """The views to be read: the periods, then the comparisons."""
        compared_with = [view for view in self.earlier.values() if isinstance(view, View)]
        return [*map(Asked, self.periods), *(Asked(view, compared=True) for view in compared_with)]

    def describe(self, spec: TreeSpec, now: Evaluation, found: Sequence[Evaluation]) -> dict[str, Any]:
        """The answer's `history` and `compare`, from the evaluations of the views `asked`."""
        count = len(self.periods)
        history, rest = found[:count], iter(found[count:])
        comparisons = {
            name: _describe_refusal(view)
            if isinstance(view, Undefined)
            else _describe_comparison(spec, view, now, next(rest))
            for name, view in self.earlier.items()
        }
        return {"history": _describe_history(spec, history) if history else None, "compare": comparisons}


def past_of(calendar: Calendar, view: View, history: int, compare: Sequence[str]) -> Past:
    """What is to be looked at: `history` periods up to the view's own, and each of the comparisons."""
    readable = view.readable
    day = view.window.since if readable is None else readable.last_day
    periods = last_periods(calendar, day, history) if history else ()
    earlier: dict[str, View | Undefined] = {}
    for name in compare:
        try:
            earlier[name] = earlier_view(calendar, view, name)
        except PeriodError as ex:
            earlier[name] = Undefined(Reason.NO_DATA, told_of(ex))
    return Past([View(period, view.as_of) for period in periods], earlier)


def _describe_history(spec: TreeSpec, history: Sequence[Evaluation]) -> dict[str, Any]:
    nodes = {key: _describe_series([one.nodes[key] for one in history]) for key in spec.nodes}
    return {"periods": [describe_view(spec, one.view) for one in history], "nodes": nodes}


def _describe_series(results: Sequence[NodeResult]) -> dict[str, list[Any]]:
    return {
        **{name: [getattr(one, name) for one in results] for name in ("actual", "target", "attainment")},
        "status": [one.status.value for one in results],
        "reason": [one.reason.value if one.reason else None for one in results],
    }


def _describe_refusal(why: Undefined) -> dict[str, Any]:
    return {"window": None, "nodes": {}, "reason": describe_reason(why)}


def _describe_comparison(spec: TreeSpec, view: View, now: Evaluation, then: Evaluation) -> dict[str, Any]:
    nodes = {
        key: _describe_change(compared(node.direction, now.nodes[key], then.nodes[key]))
        for key, node in spec.nodes.items()
    }
    return {"window": describe_view(spec, view), "nodes": nodes, "reason": None}


def _describe_change(change: Change) -> dict[str, Any]:
    return {**asdict(change), "reason": change.reason and describe_reason(change.reason)}
